"use strict";
// The page speaks only to its own server: what one types goes out as a signed webhook, what the engine sends to the fake
// Zalo comes back over the event stream. Nothing a message holds is ever put into the page as markup.

const $ = (id) => document.getElementById(id);
const el = (tag, props = {}, ...kids) => {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...kids);
  return node;
};

let person = sessionStorage.getItem("person") || fresh();
let stream = null;

function fresh() {
  const id = "9" + String(Math.floor(Math.random() * 1e15)).padStart(15, "0");
  sessionStorage.setItem("person", id);
  return id;
}

function post(body) {
  return fetch("api/send", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ person, ...body }),
  }).then(async (res) => { if (!res.ok) note(await res.text()); })
    .catch(() => note("Máy chủ chạy thử không trả lời. Xem lại cửa sổ lệnh."));
}

function add(node) {
  $("chat").append(node);
  node.scrollIntoView({ block: "end" });
}

function note(text) { add(el("li", { className: "note", textContent: text })); }

function mine(text) { add(el("li", { className: "me", textContent: text })); }

function button(b) {
  if (b.type === "oa.open.url") return el("a", { href: b.url, target: "_blank", rel: "noopener noreferrer", textContent: b.title });
  if (b.type === "oa.open.phone") return el("button", { type: "button", textContent: b.title, onclick: () => note("Zalo sẽ gọi " + b.phone) });
  return el("button", {
    type: "button", textContent: b.title,
    onclick: () => post({ kind: b.type === "oa.query.show" ? "text" : "press", text: b.payload }),
  });
}

function bot(m) {
  const li = el("li", { className: "oa" });
  if (m.image) li.append(el("img", { src: m.image, alt: m.alt || "" }));
  if (m.file) li.append(el("a", { className: "file", href: m.file, target: "_blank" }, el("i", { textContent: "PDF" }), m.alt || "Tệp"));
  if (m.text) li.append(m.text);
  if (m.buttons && m.buttons.length) li.append(el("div", { className: "buttons" }, ...m.buttons.map(button)));
  add(li);
}

function state(s) {
  $("flow").textContent = s.flow || "–";
  $("step").textContent = s.step || "–";
  $("status").textContent = s.status || "–";
  $("slots").tBodies[0].replaceChildren(...(s.slots || []).map((x) =>
    el("tr", {}, el("td", { textContent: x.label }), el("td", { textContent: x.value }))));
}

function bundle(b) {
  $("bundle").textContent = b.text;
  $("problems").hidden = !b.problems;
  $("problems").textContent = b.problems || "";
  if (b.hints) $("hints").replaceChildren(...b.hints.map((text) => el("button", { type: "button", textContent: text })));
}

function listen() {
  if (stream) stream.close();
  stream = new EventSource("api/stream?person=" + encodeURIComponent(person));
  stream.addEventListener("bot", (e) => bot(JSON.parse(e.data)));
  stream.addEventListener("state", (e) => state(JSON.parse(e.data)));
  stream.addEventListener("bundle", (e) => bundle(JSON.parse(e.data)));
  stream.addEventListener("office", (e) => { $("office").textContent = JSON.parse(e.data); });
  stream.addEventListener("start", () => $("chat").replaceChildren());
  stream.addEventListener("me", (e) => mine(JSON.parse(e.data)));
}

$("say").addEventListener("submit", (e) => {
  e.preventDefault();
  const text = $("text").value;
  if (!text.trim()) return;
  $("text").value = "";
  post({ kind: "text", text });
});
$("follow").addEventListener("click", () => { note("Đã quan tâm"); post({ kind: "follow" }); });
$("plus").addEventListener("click", () => { $("more").hidden = !$("more").hidden; });
$("more").addEventListener("click", (e) => {
  const kind = e.target.dataset.kind;
  if (!kind) return;
  $("more").hidden = true;
  post({ kind });
});
$("hints").addEventListener("click", (e) => { if (e.target.type === "button") post({ kind: "text", text: e.target.textContent }); });
document.querySelectorAll("input[name=view]").forEach((r) =>
  r.addEventListener("change", () => $("phone").classList.toggle("pc", r.value === "pc" && r.checked)));
$("renew").addEventListener("click", () => { person = fresh(); $("chat").replaceChildren(); state({}); listen(); });
listen();
