// Listens for changes of the page that is open. Only the preview adds this.
(() => {
  "use strict";
  const me = document.currentScript;
  const page = me.dataset.page;
  const zh = !document.documentElement.lang.startsWith("en");
  const say = (a, b) => (zh ? a : b);
  const store = "mingzhang:" + location.pathname;

  // What a reload would lose.
  const numbers = () => {
    const seen = {}, out = [];
    for (const el of document.querySelectorAll("a.v, span.v, a[data-figure]")) {
      const name = el.getAttribute("href") || "";
      seen[name] = (seen[name] || 0) + 1;
      out.push([name + " " + seen[name], el]);
    }
    return out;
  };
  const folds = () => [...document.querySelectorAll("details")];
  const remember = () => {
    const was = {};
    for (const [key, el] of numbers()) was[key] = el.textContent;
    try {
      sessionStorage.setItem(store, JSON.stringify({
        x: scrollX, y: scrollY, when: Date.now(), was,
        open: folds().map((d) => [d.id || (d.querySelector("summary") || d).textContent.trim(), d.open]),
      }));
    } catch { /* storage is full or closed: the page is shown from its top */ }
  };
  const recall = () => {
    const text = sessionStorage.getItem(store);
    sessionStorage.removeItem(store);
    if (!text) return;
    const was = JSON.parse(text);
    if (Date.now() - was.when > 10000) return;
    const list = folds();
    was.open.forEach(([name, open], i) => {
      const same = (d) => d && (d.id || (d.querySelector("summary") || d).textContent.trim()) === name;
      const d = same(list[i]) ? list[i] : list.find(same);
      if (d) d.open = open;
    });
    scrollTo({ left: was.x, top: was.y, behavior: "instant" });
    let changed = 0;
    for (const [key, el] of numbers()) {
      const old = was.was[key];
      if (old !== undefined && old !== el.textContent) { flash(el, old); changed++; }
    }
    if (changed) tell(changed + say(" 个数变了", changed === 1 ? " figure has changed" : " figures have changed"));
  };
  const flash = (el, old) => {
    const mark = document.createElement("span");
    mark.className = "mingzhang-was";
    mark.textContent = old + " → ";
    Object.assign(mark.style, { background: "#ffe58a", color: "#000", borderRadius: "3px", padding: "0 .2em", fontSize: ".85em", textDecoration: "none" });
    el.before(mark);
    el.style.outline = "2px solid #d97706";
    el.style.background = "#ffe58a";
    el.style.color = "#000";
    el.title = old + " → " + el.textContent;
    setTimeout(() => {
      mark.remove();
      for (const p of ["outline", "background", "color"]) el.style.removeProperty(p);
    }, 8000);
  };

  // The findings lie in a tree of their own, so that no style of the site
  // reaches them and none of theirs reaches the site.
  const host = document.createElement("div");
  host.id = "mingzhang-preview";
  const root = host.attachShadow({ mode: "open" });
  const css = document.createElement("link");
  css.rel = "stylesheet";
  css.href = "/_mingzhang/live.css";
  const panel = document.createElement("div");
  panel.className = "panel";
  panel.setAttribute("role", "alertdialog");
  panel.setAttribute("aria-label", say("检查结果", "Findings"));
  panel.tabIndex = -1;
  const tab = document.createElement("button");
  tab.className = "tab";
  tab.type = "button";
  const note = document.createElement("div");
  note.className = "note";
  note.setAttribute("role", "status");
  panel.hidden = tab.hidden = note.hidden = true;
  root.append(css, panel, tab, note);
  const tell = (text) => {
    note.textContent = text;
    note.hidden = false;
    setTimeout(() => { note.hidden = true; }, 8000);
  };
  const fold = (away) => { panel.hidden = away; tab.hidden = !away; };
  tab.addEventListener("click", () => fold(false));
  addEventListener("keydown", (e) => { if (e.key === "Escape" && !panel.hidden) fold(true); });
  const press = async (e) => {
    const b = e.target.closest && e.target.closest("button[data-open]");
    if (!b) return;
    const r = await fetch("/_mingzhang/open", { method: "POST", body: new URLSearchParams({ path: b.dataset.open }) });
    if (!r.ok) tell(await r.text());
  };
  panel.addEventListener("click", press);
  if (page === "") document.addEventListener("click", press);

  let shown = "";
  const overlay = async (count, id) => {
    if (!count) {
      shown = "";
      panel.hidden = tab.hidden = true;
      panel.textContent = "";
      return;
    }
    if (id === shown) return;
    shown = id;
    const r = await fetch("/_mingzhang/findings?part=1");
    const text = await r.text();
    if (id !== shown) return;
    panel.innerHTML = text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.textContent = say("收起 ×", "hide ×");
    close.addEventListener("click", () => fold(true));
    panel.prepend(close);
    tab.textContent = count + say(" 个错误", count === 1 ? " error" : " errors");
    fold(false);
  };

  const sheets = () => [...document.querySelectorAll('link[rel="stylesheet"]')].filter((l) => new URL(l.href).origin === location.origin);
  const pathOf = (l) => decodeURIComponent(new URL(l.href).pathname).slice(1);
  const swap = (names) => {
    for (const old of sheets()) {
      if (!names.includes(pathOf(old))) continue;
      const url = new URL(old.href);
      url.searchParams.set("v", Date.now());
      const fresh = old.cloneNode();
      fresh.href = url.href;
      fresh.addEventListener("load", () => old.remove());
      old.after(fresh);
    }
  };

  const listen = () => {
    const q = new URLSearchParams({ page, digest: me.dataset.digest });
    if (page !== "") for (const l of sheets()) q.append("style", pathOf(l));
    const source = new EventSource("/_mingzhang/events?" + q);
    source.onmessage = (e) => {
      const news = JSON.parse(e.data);
      if (news.page || page === "") {
        source.close();
        remember();
        location.reload();
        return;
      }
      if (news.styles) swap(news.styles);
      overlay(news.errors, news.findings);
    };
    addEventListener("pagehide", () => source.close());
    addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });
  };
  document.documentElement.append(host);
  recall();
  if (!("still" in me.dataset)) listen();
})();
