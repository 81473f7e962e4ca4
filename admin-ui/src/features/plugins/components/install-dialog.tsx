import { CircleAlert, FileArchive, Upload } from "lucide-react";
import { type DragEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { cn } from "@/lib/cn";
import { useFormats } from "@/lib/format";
import { sayError } from "@/lib/say-error";
import { toasts } from "@/lib/toasts";
import { useInstallPlugin } from "../api/plugins";

interface InstallDialogProps {
  /** A file that was dropped on the page, or null when the dialog was opened by the button. */
  initial: File | null;
  onClose: () => void;
}

export function InstallDialog({ initial, onClose }: InstallDialogProps) {
  const { t } = useTranslation();
  const [file, setFile] = useState(initial);
  const install = useInstallPlugin();
  const choose = (next: File | undefined) => {
    if (next) {
      install.reset();
      setFile(next);
    }
  };
  const submit = () => {
    if (file) {
      install.mutate(file, {
        onSuccess: () => {
          toasts.show(t("plugins.install.done", { file: file.name }), "done");
          onClose();
        },
      });
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !install.isPending && onClose()}
      title={t("plugins.install.title")}
      description={t("plugins.install.text")}
      footer={
        <>
          <Button disabled={install.isPending} onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button variant="primary" disabled={!file} busy={install.isPending} onClick={submit}>
            {t("plugins.install.submit")}
          </Button>
        </>
      }
    >
      <DropZone file={file} onChoose={choose} />
      {install.isError && (
        <div role="alert" className="mt-3 flex gap-2.5 rounded-control bg-danger-soft px-3 py-2 text-sm text-danger">
          <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          <p className="min-w-0 [overflow-wrap:anywhere]">{sayError(install.error, t)}</p>
        </div>
      )}
    </Dialog>
  );
}

function DropZone({ file, onChoose }: { file: File | null; onChoose: (file: File | undefined) => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onChoose(event.dataTransfer.files[0]);
  };
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={cn(
        "flex cursor-pointer flex-col items-center gap-1.5 rounded-panel border border-dashed border-line-strong px-6 py-8 text-center transition-colors focus-within:border-accent hover:bg-sunken",
        over && "border-accent bg-accent-soft",
      )}
    >
      {file ? <FileArchive className="size-6 text-accent" aria-hidden /> : <Upload className="size-6 text-muted" aria-hidden />}
      <span className="max-w-full truncate text-base font-medium">{file ? file.name : t("plugins.install.drop")}</span>
      <span className="text-sm text-muted">
        {file ? t("plugins.install.size", { size: formats.decimal(file.size / 1024, 0) }) : t("plugins.install.choose")}
      </span>
      <input ref={input} id={id} type="file" accept=".jar,application/java-archive" className="sr-only" onChange={(event) => onChoose(event.target.files?.[0])} />
    </label>
  );
}
