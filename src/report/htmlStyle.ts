/** The styles of the HTML report: one sheet for light, dark, print and forced colours. */
export const htmlStyle = `
:root { color-scheme: light dark; --text: #1f2328; --dim: #59636e; --line: #d1d9e0; --back: #fff;
  --a: #0969da; --b: #bc4c00; --bad: #b42318; --good: #1a7f37; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --dim: #9198a1; --line: #3d444d;
  --back: #0d1117; --a: #58a6ff; --b: #f0883e; --bad: #ff7b72; --good: #56d364; } }
body { font: 14px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back);
  max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; }
table { border-collapse: collapse; margin: .5rem 0 1rem; }
.wide { overflow-x: auto; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .75rem .25rem 0; text-align: end;
  font-variant-numeric: tabular-nums; white-space: nowrap; }
th:first-child, td:first-child { text-align: start; }
th { color: var(--dim); font-weight: 600; }
.regressed { color: var(--bad); font-weight: 600; } .improved { color: var(--good); font-weight: 600; }
.dim, .reason { color: var(--dim); } .hard { color: var(--bad); }
.plots { display: flex; flex-wrap: wrap; gap: 1rem; }
.plot { width: 460px; max-width: 100%; }
.plot text { fill: var(--dim); font-size: 11px; } .plot .label { font-size: 12px; }
.grid { stroke: var(--line); stroke-width: .5; } .zero { stroke: var(--text); stroke-width: 1; }
.line { fill: none; stroke-width: 1.8; } .line.a { stroke: var(--a); }
.line.b { stroke: var(--b); stroke-dasharray: 6 3; } .line.difference { stroke: var(--text); }
.key-a { color: var(--a); } .key-b { color: var(--b); }
@media print { body { max-width: none; } }
`;
