const COLUMNS = 12;
const ROWS = 14;
const STEP = 56;

/** Cables between sockets of the grid: from column and row to column and row. */
const cables: ReadonlyArray<{ from: readonly [number, number]; to: readonly [number, number]; lit: boolean }> = [
  { from: [1, 3], to: [9, 6], lit: true },
  { from: [2, 10], to: [10, 4], lit: false },
  { from: [1, 7], to: [8, 11], lit: false },
  { from: [3, 5], to: [10, 9], lit: false },
];

const at = ([column, row]: readonly [number, number]) => [column * STEP + STEP / 2, row * STEP + STEP / 2] as const;

function pathOf(from: readonly [number, number], to: readonly [number, number]): string {
  const [x1, y1] = at(from);
  const [x2, y2] = at(to);
  const sag = 90;
  return `M${x1} ${y1}C${x1 + 130} ${y1 + sag} ${x2 - 130} ${y2 + sag} ${x2} ${y2}`;
}

/** A quiet drawing of a patch field beside the sign-in form; decoration only. */
export function PatchField() {
  const plugged = new Set(cables.flatMap(({ from, to }) => [from.join(), to.join()]));
  const sockets = Array.from({ length: COLUMNS * ROWS }, (_, index) => [index % COLUMNS, Math.floor(index / COLUMNS)] as const);
  return (
    <div aria-hidden className="relative hidden overflow-hidden border-l border-line bg-canvas lg:block">
      <svg className="absolute inset-0 size-full" viewBox={`0 0 ${COLUMNS * STEP} ${ROWS * STEP}`} preserveAspectRatio="xMidYMid slice" fill="none">
        {sockets.map(([column, row]) => {
          const [x, y] = at([column, row]);
          const used = plugged.has(`${column},${row}`);
          return <circle key={`${column},${row}`} cx={x} cy={y} r={used ? 7 : 4.5} className={used ? "fill-raised stroke-ink" : "stroke-line"} strokeWidth={used ? 2 : 1.5} />;
        })}
        {cables.map(({ from, to, lit }) => (
          <path key={from.join()} d={pathOf(from, to)} className={lit ? "stroke-cable" : "stroke-line-strong"} strokeWidth={lit ? 4 : 3} strokeLinecap="round" />
        ))}
      </svg>
    </div>
  );
}
