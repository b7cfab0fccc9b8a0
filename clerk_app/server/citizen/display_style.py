"""号屏的样式 for a wall 1920 wide, a wall that stands upright, and a telephone: sizes grow with the wall, or with the reader's own.

On a wall everything fits without scrolling; zoomed in, it becomes the telephone's one column, which scrolls.
"""

from __future__ import annotations

from clerk_app.server.citizen.style import dressed, policy

_sheet = """
*{box-sizing:border-box}
html{font-size:100%;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:anywhere;
font:1.25rem/1.4 "Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei UI","Microsoft YaHei",system-ui,sans-serif;
font-variant-numeric:tabular-nums}
h1,h2,p,ol,ul{margin:0;padding:0;font-weight:400;font-size:inherit}
ol,ul{list-style:none}
.serif,h1,.number,.window{font-family:"Noto Serif CJK SC","Noto Serif SC","Source Han Serif SC","Songti SC",SimSun,serif;font-weight:700}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
b{font-weight:700}
.top{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1.5rem;padding:1rem 1.25rem;
background:var(--page);border-bottom:2px solid var(--line)}
h1{font-size:1.625rem}
.where,#day{color:var(--quiet)}
.when{margin-left:auto;white-space:nowrap}
.clock{margin-left:.75rem;font-size:1.75rem;font-weight:700}
main{display:grid;gap:1rem;padding:1rem 1.25rem}
#pause:empty{display:none}
.pause{background:var(--warn);color:var(--warn-ink);border:.1875rem solid currentColor;border-radius:.625rem;padding:.75rem 1rem}
.pause b{display:block;font-size:1.5rem}
.pane{position:relative;display:grid;overflow:hidden;border-radius:.625rem;background:var(--fill);color:var(--on-fill)}
.stale .pane{background:var(--still)}
.lattice{display:none;position:absolute;top:0;right:0;width:11.25rem;height:100%;stroke:var(--lattice);fill:none;stroke-width:2}
.stale .lattice{stroke:var(--on-fill);opacity:.25}
#call{position:relative;z-index:1;padding:1.25rem 1.5rem}
#call>h2{font-size:1.375rem}
.number{font-size:min(6rem,24vw);line-height:1.15;white-space:nowrap}
.six{font-size:min(5rem,19vw)}
.eight{font-size:min(4rem,14vw)}
.go{display:flex;align-items:center;flex-wrap:wrap;gap:.5rem;font-size:1.75rem;font-weight:700;white-space:nowrap}
.window{font-size:2.75rem;line-height:1.1;min-width:4rem;padding:.25rem .75rem;text-align:center;
border:.1875rem solid currentColor;border-radius:.5rem}
.more{display:flex;flex-wrap:wrap;gap:0 1.5rem;margin-top:.75rem}
.say{font-size:2rem;font-weight:700;line-height:1.3}
.list{display:flex;flex-direction:column;overflow:hidden;border:2px solid var(--line);border-radius:.625rem;background:var(--page)}
.heads,.list li{display:grid;grid-template-columns:minmax(0,1fr) 5.5rem 4rem;gap:.5rem;align-items:center;padding:.375rem .75rem}
.heads{background:var(--sunken);color:var(--quiet)}
.list li{border-top:2px solid var(--line)}
.list li.newest{background:var(--panel);box-shadow:inset .5rem 0 var(--strong)}
.who{display:flex;flex-wrap:wrap;align-items:center;gap:0 .5rem}
.list .serif{font-size:1.625rem;white-space:nowrap}
.tag{display:inline-block;padding:0 .375rem;border:2px solid currentColor;border-radius:.25rem;
color:var(--strong);font-size:1.125rem;line-height:1.4;white-space:nowrap}
.tag.over{color:var(--quiet)}
.at{color:var(--quiet);text-align:right}
.to b{font-size:1.5rem}
.list li.none{display:block;padding:1rem .75rem;color:var(--quiet)}
.lines{display:grid;gap:.125rem 1.5rem}
.lines h2{color:var(--quiet)}
.lines ul{display:grid;gap:.125rem 1.75rem}
.lines li{display:flex;justify-content:space-between;gap:.75rem}
.lines li b{white-space:nowrap}
.stop{color:var(--warn-ink);margin-top:.25rem}
footer{display:grid;gap:.5rem;padding:.75rem 1.25rem 1.5rem;color:var(--quiet)}
.fresh{white-space:nowrap}
.lamp{color:var(--ok);margin-right:.375rem}
.stale .fresh .lamp{display:none}
.old,.old .lamp{color:var(--warn-ink);font-weight:700}
.flash .number,.flash .go{animation:flash .9s steps(1,end) 2}
@keyframes flash{0%{opacity:1}45%{opacity:.12}90%{opacity:1}}
@media (prefers-reduced-motion:reduce){.flash .number,.flash .go{animation:none}}
@media (min-width:37.5em){.lines ul{grid-template-columns:repeat(auto-fill,minmax(17rem,1fr))}}
@media (min-width:56.25em) and (max-aspect-ratio:5/8){
html{font-size:calc(100vw/60)}
body{height:100vh;display:grid;grid-template-rows:auto minmax(0,1fr) auto;font-size:1.5rem}
main{grid-template-rows:auto auto minmax(0,1fr) auto}
#pause{grid-row:1}.pane{grid-row:2}.list{grid-row:3}.lines{grid-row:4}
.pause b{font-size:2.25rem}
.number{font-size:14rem}.six{font-size:12rem}.eight{font-size:9rem}
.go{font-size:3rem}.window{font-size:5rem}
.list ol{flex:1;min-height:0;display:grid;grid-template-rows:repeat(8,minmax(0,1fr))}
.list li,.heads{padding-block:0}.who{flex-wrap:nowrap;gap:1rem}
.heads,.list li{grid-template-columns:minmax(0,1fr) 12rem 7rem}
.list .serif{font-size:3rem;line-height:1.15}.to b{font-size:2.5rem}.to{font-size:1.75rem}.at{font-size:1.5rem}}
@media (min-width:75em) and (min-aspect-ratio:4/3){
html{font-size:min(calc(100vw/120),calc(100vh/67.5))}
body{height:100vh;display:grid;grid-template-rows:auto minmax(0,1fr) auto;font-size:1.75rem}
.top{padding:1.5rem 3.5rem;flex-wrap:nowrap;gap:2rem}
h1{font-size:2.875rem}
.where,#day{font-size:1.75rem}
.clock{font-size:3.75rem;line-height:1;margin-left:1.5rem}
main{grid-template-columns:minmax(0,1fr) 40rem;grid-template-rows:auto minmax(0,1fr) auto;gap:1.5rem 2rem;padding:.75rem 3.5rem .5rem}
#pause,.lines{grid-column:1/-1}
#pause{grid-row:1}.pane,.list{grid-row:2}.lines{grid-row:3}
.pause{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 2rem;padding:.75rem 2rem}
.pause b{font-size:2.75rem}
.lattice{display:block}
#call{align-self:center;padding:1.5rem 12rem 1.5rem 4.5rem}
#call>h2{font-size:2.5rem}
.number{font-size:17rem;line-height:1.05}.six{font-size:15rem}.eight{font-size:11rem}
.stale .number{font-size:14rem}.stale .six{font-size:12rem}.stale .eight{font-size:9rem}
.go{font-size:5.5rem;line-height:1.1;gap:2rem}
.window{font-size:8rem;line-height:1.15;min-width:11rem;padding:.25rem 2rem;border-width:.25rem}
.more{margin-top:1.75rem;gap:0 2.5rem;font-size:2.25rem}
.say{font-size:5.5rem;line-height:1.25}.say+.say{font-size:3.25rem}
.list ol{flex:1;min-height:0;display:grid;grid-template-rows:repeat(8,minmax(0,1fr))}
.heads,.list li{grid-template-columns:minmax(0,1fr) 8.5rem 5.5rem;gap:1rem;padding:0 2.25rem}
.who{flex-wrap:nowrap;gap:1rem}
.heads{padding-block:.75rem}
.list .serif{font-size:3.375rem;line-height:1.15}
.stale .list .serif{font-size:3rem}
.tag{font-size:1.5rem;padding:0 .625rem}
.to{font-size:2.5rem}.to b{font-size:2.875rem}
.list li.none{padding:2rem 2.25rem}
.lines{grid-template-columns:auto minmax(0,1fr);gap:.25rem 2.5rem}
.lines ul{grid-template-columns:repeat(auto-fill,minmax(19.5rem,1fr));gap:.25rem 2rem}
.lines li{justify-content:flex-start}
.stop{grid-column:1/-1;margin-top:0}
footer{grid-template-columns:minmax(0,1fr) auto;align-items:baseline;padding:.75rem 3.5rem 1.75rem}}
"""

DISPLAY_SHEET = dressed(_sheet)
DISPLAY_POLICY = policy(DISPLAY_SHEET, "script-src 'self'", "connect-src 'self'")
