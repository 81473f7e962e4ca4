import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import type { z } from "zod";
import { type ApiRequest, fetchFile } from "@/lib/api";
import { saveBlob } from "@/lib/browser";
import { Button, type ButtonProps } from "./ui/button";

interface DownloadButtonProps extends Pick<ButtonProps, "variant" | "size" | "className" | "children" | "disabled"> {
  path: string;
  /** Looked at when it is clicked. */
  query?: () => ApiRequest<z.ZodType>["query"];
  /** What the file is called where the server gives it no name. */
  name: string;
}

/** Fetches a file from the server and hands it to the person. */
export function DownloadButton({ path, query, name, children, ...rest }: DownloadButtonProps) {
  const fetching = useMutation({
    mutationFn: () => fetchFile(path, query?.()),
    onSuccess: (file) => saveBlob(file.name ?? name, file.content),
  });
  return (
    <Button busy={fetching.isPending} onClick={() => fetching.mutate()} {...rest}>
      {!fetching.isPending && <Download aria-hidden />}
      {children}
    </Button>
  );
}
