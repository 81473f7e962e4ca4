import { Search } from "lucide-react";

/** A search field whose text belongs to the address bar of the page. */
export function SearchBox({ value, label, onChange }: { value: string; label: string; onChange: (value: string) => void }) {
  return (
    <label className="flex h-9 w-full items-center gap-2.5 rounded-control border border-line-strong bg-paper px-3 focus-within:border-accent focus-within:outline-2 focus-within:outline-accent sm:w-72 pointer-coarse:h-11">
      <Search className="size-4 shrink-0 text-faint" aria-hidden />
      <input
        type="search"
        value={value}
        aria-label={label}
        placeholder={label}
        onChange={(event) => onChange(event.target.value)}
        className="min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint"
      />
    </label>
  );
}
