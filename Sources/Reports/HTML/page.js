(()=>{"use strict";const table=document.getElementById("table"),form=document.querySelector("form.filter");
if(!table||!form)return;form.hidden=false;const body=table.tBodies[0],rows=[...body.rows],
text=document.getElementById("filter-text"),outcome=document.getElementById("filter-outcome"),
count=document.getElementById("filter-count"),words=rows.map(r=>r.textContent.toLowerCase()),
outcomes=rows.map(r=>r.cells[0].querySelector(".word").textContent);
const filter=()=>{const wanted=text.value.toLowerCase().split(" ").filter(Boolean);let shown=0;
rows.forEach((row,i)=>{const fits=(!outcome.value||outcomes[i]===outcome.value)&&
wanted.every(w=>words[i].includes(w));row.hidden=!fits;if(fits)shown++});
count.textContent=shown+" of "+rows.length};
text.addEventListener("input",filter);outcome.addEventListener("change",filter);
form.addEventListener("submit",e=>e.preventDefault());filter();
const value=(row,i)=>{const cell=row.cells[i],v=cell.dataset.v;return v!==undefined?Number(v):
cell.classList.contains("number")?(parseFloat(cell.textContent)||0):cell.textContent.trim().toLowerCase()};
[...table.tHead.rows[0].cells].forEach((head,i)=>{const button=document.createElement("button");
button.type="button";button.textContent=head.textContent;head.textContent="";head.append(button);
button.addEventListener("click",()=>{const up=head.getAttribute("aria-sort")!=="ascending";
for(const other of table.tHead.rows[0].cells)other.removeAttribute("aria-sort");
head.setAttribute("aria-sort",up?"ascending":"descending");
rows.map((row,place)=>({row,place,v:value(row,i)})).sort((a,b)=>
((a.v<b.v?-1:a.v>b.v?1:0)*(up?1:-1))||a.place-b.place).forEach(e=>body.append(e.row))})})})();
