/// The page's style sheet: light and dark, wide and narrow, on screen and on paper.
enum HTMLStyle {
    static let sheet: HTML = """
        :root{color-scheme:light dark;--page:#f5f6f7;--card:#fff;--text:#1b2026;--soft:#56606b;--line:#dce0e5;
        --passed:#13795b;--flaky:#8a6100;--failed:#c02a2a;--error:#a3460a;--allowed:#5b5fc7;--skipped:#68727d;
        --not-run:#8b95a1;--good:#0f6b50;--bad:#b02323;--doubtful:#7a5600;--on:#fff;--code:#f0f2f4;--hist:#7aa5cf;
        --p50:#1b2026;--p95:#a3460a;--p99:#c02a2a}
        @media (prefers-color-scheme:dark){:root{--page:#111418;--card:#1a1f25;--text:#e7eaee;--soft:#a3adb8;
        --line:#2e353d;--passed:#45c08f;--flaky:#e0b341;--failed:#ff7f78;--error:#f5a262;--allowed:#a5a8ff;
        --skipped:#95a0ab;--not-run:#78838f;--good:#0f5e47;--bad:#8f2222;--doubtful:#6b4c00;--code:#12161b;
        --hist:#4d7caa;--p50:#e7eaee;--p95:#f5a262;--p99:#ff7f78}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,
        "Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
        .wide{max-width:70rem;margin:0 auto;padding:0 1.25rem}
        h1{font-size:2.6rem;line-height:1.1;margin:.2rem 0 .4rem;letter-spacing:-.02em}
        h2{font-size:1.25rem;margin:2.5rem 0 .75rem}h3{font-size:1rem;margin:0}
        p{margin:.35rem 0}ul,ol,dl{margin:0;padding:0;list-style:none}
        .facts,.note{color:var(--soft);font-size:.875rem}
        .hear{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        :focus-visible{outline:3px solid var(--allowed);outline-offset:2px;border-radius:4px}
        .verdict{color:var(--on);padding:1.75rem 0 1.9rem}.verdict.good{background:var(--good)}
        .verdict.bad{background:var(--bad)}.verdict.doubtful{background:var(--doubtful)}
        .verdict p{margin:.25rem 0}.verdict .tool{font-weight:600;opacity:.9}.verdict .lead{font-size:1.15rem}
        .verdict .facts{color:inherit;opacity:.95}
        .bar{display:flex;height:.75rem;border-radius:.375rem;overflow:hidden;gap:2px;margin:1.75rem 0 1rem}
        .fill{min-width:3px}.fill.passed{background:var(--passed)}.fill.flaky{background:var(--flaky)}
        .fill.failed{background:var(--failed)}.fill.error{background:var(--error)}
        .fill.allowed{background:var(--allowed)}.fill.skipped{background:var(--skipped)}
        .fill.not-run{background:var(--not-run)}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(7rem,1fr));gap:.75rem}
        .tiles div,.jobs li,.failure,.change{background:var(--card);border:1px solid var(--line);border-radius:.6rem}
        .tiles div{padding:.7rem .9rem;display:flex;flex-direction:column}
        .tiles dt{color:var(--soft);font-size:.85rem}.tiles dd{margin:0;font-size:1.6rem;font-weight:650;line-height:1.2;
        font-variant-numeric:tabular-nums}
        .dot{display:inline-block;width:.65em;height:.65em;border-radius:50%;margin-right:.4em;background:currentColor}
        .passed>.dot,.passed .dot{color:var(--passed)}.flaky .dot{color:var(--flaky)}.failed .dot{color:var(--failed)}
        .error .dot{color:var(--error)}.allowed .dot{color:var(--allowed)}.skipped .dot{color:var(--skipped)}
        .not-run .dot{color:var(--not-run)}
        .chain{display:grid;grid-template-columns:repeat(5,1fr);gap:.5rem}
        .chain li{position:relative;padding:.7rem .9rem;border:1px solid var(--line);border-radius:.6rem;
        background:var(--card);color:var(--soft);display:flex;flex-direction:column}
        .chain li:not(:last-child)::after{content:"";position:absolute;right:calc(-.5rem - 1px);top:50%;width:.5rem;
        border-top:2px solid var(--line)}
        .chain span{font-size:.8rem}.chain em{font-style:normal;margin-top:.35rem}
        .chain .hit{border:2px solid var(--failed);color:var(--text)}.chain .hit em{color:var(--failed);font-weight:700}
        .jobs{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr))}
        .jobs li{padding:.9rem 1rem}.alarm{color:var(--failed)}
        .changes{columns:2 24rem;column-gap:.75rem;margin-top:.75rem}.change{break-inside:avoid;margin-bottom:.75rem;padding:.8rem 1rem;border-left:4px solid var(--skipped)}
        .change.failed{border-left-color:var(--failed)}.change.passed{border-left-color:var(--passed)}
        .change.flaky{border-left-color:var(--flaky)}.change li{margin-top:.5rem}.change li b{display:block;font-weight:600}
        .change li span{color:var(--soft);font-size:.875rem}.count{color:var(--soft);font-weight:400}
        .failure{margin:.6rem 0;border-left:4px solid var(--failed)}.failure.error{border-left-color:var(--error)}
        .failure.allowed{border-left-color:var(--allowed)}
        .failure>summary{display:grid;grid-template-columns:auto 1fr auto;gap:.1rem .6rem;align-items:baseline;
        padding:.75rem 1rem;cursor:pointer;list-style:none}summary::-webkit-details-marker{display:none}
        .failure>summary .name{font-weight:650}.headline{grid-column:2/-1;color:var(--text)}
        .failure .body{padding:0 1rem .9rem 2.3rem}
        .mark{font-weight:700;display:inline-block;min-width:1em;text-align:center}.mark.passed{color:var(--passed)}
        .mark.flaky{color:var(--flaky)}.mark.failed,.failed-text{color:var(--failed)}.mark.error{color:var(--error)}
        .mark.allowed{color:var(--allowed)}.mark.skipped,.mark.not-run{color:var(--skipped)}
        .chips{display:flex;flex-wrap:wrap;gap:.3rem;justify-content:flex-end}
        .chip{font-size:.78rem;padding:.05rem .5rem;border:1px solid var(--line);border-radius:1rem;color:var(--soft);
        white-space:nowrap}.chip.layer{border-color:currentColor;color:var(--failed);font-weight:600}
        .allowed .chip.layer{color:var(--allowed)}
        pre,.request{font:.85rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
        pre{background:var(--code);border-radius:.4rem;padding:.6rem .8rem;margin:.4rem 0;white-space:pre-wrap;
        max-height:24rem;overflow:auto}.request{color:var(--soft);margin:.5rem 0}
        .attempts{list-style:decimal;padding-left:1.4rem;font-size:.9rem;margin:.4rem 0}
        .evidence summary{cursor:pointer;color:var(--soft);font-size:.9rem;list-style:revert;display:list-item}
        .timeline{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.9rem 1rem .5rem}
        .timeline svg{display:block;width:100%}.axis{display:flex;justify-content:space-between;color:var(--soft);
        font-size:.78rem;border-top:1px solid var(--line);margin-top:.5rem;padding-top:.3rem;
        font-variant-numeric:tabular-nums}
        rect.passed{fill:var(--passed)}rect.flaky{fill:var(--flaky)}rect.failed{fill:var(--failed)}
        rect.error{fill:var(--error)}rect.allowed{fill:var(--allowed)}
        rect.connecting{fill-opacity:.4}rect.reading{fill-opacity:.7}
        path.wait{stroke:var(--skipped);stroke-width:1.5;vector-effect:non-scaling-stroke;fill:none}
        .legend{display:flex;flex-wrap:wrap;gap:.2rem 1rem;font-size:.85rem;color:var(--soft);margin-top:.5rem}
        .scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:.6rem}
        table{border-collapse:collapse;width:100%;font-size:.92rem}
        th,td{text-align:left;padding:.45rem .75rem;border-bottom:1px solid var(--line);vertical-align:top;
        overflow-wrap:break-word}td.name{overflow-wrap:anywhere;min-width:12rem}
        td .word{white-space:nowrap}td.job{min-width:8rem}td:first-child{white-space:nowrap}
        tbody tr:last-child>*{border-bottom:0}thead th{color:var(--soft);font-size:.8rem;font-weight:600;
        white-space:nowrap}tbody th{font-weight:500}
        .number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
        th button{all:unset;cursor:pointer;font:inherit}th button:focus-visible{outline:3px solid var(--allowed)}
        th[aria-sort=ascending] button::after{content:" ▲"}th[aria-sort=descending] button::after{content:" ▼"}
        .latency td,.latency th{vertical-align:middle}.plot{width:45%}.plot svg{display:block;width:100%;height:44px}
        .hist rect{fill:var(--hist)}.plot line{vector-effect:non-scaling-stroke;stroke-width:1.5}
        line.p50{stroke:var(--p50)}line.p95{stroke:var(--p95);stroke-dasharray:4 2}
        line.p99{stroke:var(--p99);stroke-dasharray:1.5 2}
        span.line{display:inline-block;width:1.2em;vertical-align:.3em;border-top:2px solid var(--p50)}
        span.line.p95{border-top:2px dashed var(--p95)}span.line.p99{border-top:2px dotted var(--p99)}
        .filter{display:flex;flex-wrap:wrap;gap:.6rem 1.2rem;align-items:center;margin-bottom:.6rem;font-size:.9rem}
        .filter[hidden]{display:none}input,select{font:inherit;color:inherit;background:var(--card);
        border:1px solid var(--skipped);border-radius:.4rem;padding:.35rem .6rem}input{min-width:14rem}
        output{color:var(--soft)}footer{padding:2rem 1.25rem 2.5rem}
        @media (max-width:44rem){h1{font-size:2rem}.wide-only{display:none}.chain{grid-template-columns:1fr}
        .chain li{flex-direction:row;flex-wrap:wrap;gap:0 .6rem;align-items:baseline}.chain em{margin:0 0 0 auto}
        .chain li:not(:last-child)::after{right:auto;left:1.4rem;top:auto;bottom:calc(-.5rem - 1px);width:0;height:.5rem;
        border-top:0;border-left:2px solid var(--line)}
        .failure>summary{grid-template-columns:auto 1fr}.chips{grid-column:2;justify-content:flex-start}
        .failure .body{padding-left:1rem}.tiles{grid-template-columns:repeat(auto-fit,minmax(6rem,1fr))}
        th,td{padding:.4rem .35rem}td.name{min-width:6rem}.word{display:none}input{min-width:0;width:100%}.plot{min-width:2.5rem;width:20%}thead .plot{font-size:0}
        .latency tbody th{overflow-wrap:anywhere;min-width:5rem}}
        @media print{body{background:#fff}.filter,footer{display:none}pre{max-height:none}}
        @media (prefers-reduced-motion:no-preference){summary{transition:background .1s}}
        .failure>summary:hover{background:color-mix(in srgb,var(--line) 35%,transparent)}
        """
}
