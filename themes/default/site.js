// Comfort for lists: a heading sorts, a box filters. Everything is there without
// this script; it is loaded as a file, so that the strict content security
// policy holds, and asks nothing of any server.
(function () {
  "use strict";
  var zh = document.documentElement.lang.indexOf("zh") === 0;
  function say(a, b) { return zh ? a : b; }
  var collator = window.Intl && Intl.Collator ? new Intl.Collator(zh ? "zh-CN" : "en", { numeric: true }) : null;

  // key reads what a cell sorts by: a number where it holds one. What has no
  // number keeps to the end in both directions.
  function key(cell) {
    var text = cell ? cell.textContent.trim() : "";
    var m = /^([−-]?)([\d,]+(?:\.\d+)?)/.exec(text);
    if (m) return { n: parseFloat(m[2].replace(/,/g, "")) * (m[1] ? -1 : 1) };
    return { s: text };
  }

  function compare(a, b, numeric, down) {
    if (numeric) {
      var an = a.n !== undefined, bn = b.n !== undefined;
      if (an !== bn) return an ? -1 : 1;
      if (!an) return 0;
      return down ? b.n - a.n : a.n - b.n;
    }
    var x = a.s === undefined ? String(a.n) : a.s, y = b.s === undefined ? String(b.n) : b.s;
    var c = collator ? collator.compare(x, y) : x < y ? -1 : x > y ? 1 : 0;
    return down ? -c : c;
  }

  function sortBy(table, column, down) {
    var body = table.tBodies[0], numeric = table.tHead.rows[0].cells[column].classList.contains("n");
    var rows = Array.prototype.map.call(body.rows, function (r, i) { return { r: r, k: key(r.cells[column]), i: i }; });
    rows.sort(function (a, b) { return compare(a.k, b.k, numeric, down) || a.i - b.i; });
    var all = document.createDocumentFragment();
    rows.forEach(function (x) { all.appendChild(x.r); });
    body.appendChild(all);
  }

  function sortable(table, sorted) {
    if (!table.tHead || table.tBodies.length !== 1 || table.tBodies[0].rows.length < 2) return;
    var heads = table.tHead.rows[0].cells;
    Array.prototype.forEach.call(heads, function (th, i) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      while (th.firstChild) button.appendChild(th.firstChild);
      th.appendChild(button);
      button.addEventListener("click", function () {
        var was = th.getAttribute("aria-sort");
        // Numbers are first asked for from the largest, names from the first.
        var down = was ? was === "ascending" : th.classList.contains("n");
        Array.prototype.forEach.call(heads, function (h) { h.removeAttribute("aria-sort"); });
        th.setAttribute("aria-sort", down ? "descending" : "ascending");
        sortBy(table, i, down);
        sorted();
      });
    });
  }

  // Of a long list the first rows are shown, in whatever order it is sorted, until
  // the reader asks for all; the filter always looks through all.
  var LONG = 60, FIRST = 40;

  function filterable(table) {
    var body = table.tBodies[0];
    if (table.tBodies.length !== 1 || body.rows.length < 8) return function () {};
    var box = document.createElement("div"), label = document.createElement("label"), input = document.createElement("input"), count = document.createElement("span"), more = document.createElement("button");
    box.className = "filter";
    input.type = "search";
    input.id = "filter-" + table.id;
    input.autocomplete = "off";
    label.htmlFor = input.id;
    label.textContent = say("筛选", "Filter");
    count.setAttribute("role", "status");
    box.appendChild(label);
    box.appendChild(input);
    box.appendChild(count);
    more.type = "button";
    more.className = "more";
    more.textContent = say("显示全部 " + body.rows.length + " 行", "Show all " + body.rows.length + " rows");
    var frame = table.parentNode, texts = null, all = body.rows.length <= LONG;
    frame.parentNode.insertBefore(box, frame);
    frame.parentNode.insertBefore(more, frame.nextSibling);

    function show() {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean), hits = 0, shown = 0;
      if (words.length && !texts) { // read once, and only when somebody filters
        texts = new Map();
        Array.prototype.forEach.call(body.rows, function (r) { texts.set(r, r.textContent.toLowerCase()); });
      }
      Array.prototype.forEach.call(body.rows, function (r) {
        var hit = words.every(function (w) { return texts.get(r).indexOf(w) >= 0; });
        if (hit) hits++;
        var seen = hit && (all || shown < FIRST);
        if (seen) shown++;
        if (r.hidden === seen) r.hidden = !seen;
      });
      more.hidden = shown === hits;
      count.textContent = words.length ? hits + " / " + body.rows.length : "";
    }

    input.addEventListener("input", show);
    more.addEventListener("click", function () {
      all = true;
      show();
      input.focus();
    });
    show();
    return show;
  }

  Array.prototype.forEach.call(document.querySelectorAll("table.sortable"), function (t) {
    sortable(t, filterable(t));
  });
})();

// The proof of a number, shown where the number stands: what the proof page says
// of it. Only from a web server, since a folder of files may not be asked; the
// link itself leads there always.
(function () {
  "use strict";
  if (location.protocol.indexOf("http") !== 0 || !window.fetch || !window.DOMParser) return;
  var pages = {}, pop = null, owner = null, timer;

  function page(href) {
    if (!pages[href]) {
      pages[href] = fetch(href).then(function (r) { return r.ok ? r.text() : ""; }).then(function (text) {
        return new DOMParser().parseFromString(text, "text/html");
      });
    }
    return pages[href];
  }

  // told is what is shown of a proof: its arithmetic, or the cell with its file.
  function told(doc, id) {
    var at = doc.getElementById(id), out = document.createElement("div");
    if (!at) return null;
    function add(text, className) {
      if (!text) return;
      var p = document.createElement("p");
      p.textContent = text.replace(/\s+/g, " ").trim();
      if (className) p.className = className;
      out.appendChild(p);
    }
    if (at.tagName === "TD") {
      var table = at.closest("table"), caption = table && table.caption, note = at.querySelector(".read");
      add(caption && caption.firstChild ? caption.firstChild.textContent : "", "note");
      add(note ? note.textContent : at.textContent);
    } else {
      var head = at.querySelector("h4");
      add(head ? head.textContent : "", "head");
      Array.prototype.forEach.call(at.querySelectorAll(".formula, .exact"), function (f) { add(f.textContent); });
      if (!head) add(at.textContent);
    }
    return out.childNodes.length ? out : null;
  }

  function close() {
    clearTimeout(timer);
    if (owner) owner.removeAttribute("aria-describedby");
    if (pop) pop.remove();
    pop = owner = null;
  }

  function open(link) {
    var cut = link.href.indexOf("#"), here = link.href.slice(0, cut), id = decodeURIComponent(link.href.slice(cut + 1));
    if (cut < 0 || here === location.href.split("#")[0]) return;
    page(here).then(function (doc) {
      var body = told(doc, id);
      if (!body || owner !== link) return;
      pop = document.createElement("div");
      pop.className = "proof-pop";
      pop.id = "proof-pop";
      pop.setAttribute("role", "tooltip");
      pop.appendChild(body);
      document.body.appendChild(pop);
      var box = link.getBoundingClientRect(), width = document.documentElement.clientWidth, left = Math.max(8, Math.min(box.left, width - pop.offsetWidth - 8));
      pop.style.left = left + window.scrollX + "px";
      pop.style.top = box.bottom + window.scrollY + 4 + "px";
      link.setAttribute("aria-describedby", "proof-pop");
      pop.addEventListener("mouseenter", function () { clearTimeout(timer); });
      pop.addEventListener("mouseleave", leave);
    }).catch(function () { /* the link is still there */ });
  }

  function enter(e) {
    var link = e.target.closest && e.target.closest("a.v[href]");
    if (!link || link === owner) return;
    close();
    owner = link;
    timer = setTimeout(function () { open(link); }, e.type === "focusin" ? 100 : 350);
  }

  function leave() {
    clearTimeout(timer);
    timer = setTimeout(close, 250);
  }

  document.addEventListener("mouseover", enter);
  document.addEventListener("focusin", enter);
  document.addEventListener("mouseout", function (e) { if (owner && e.target.closest && e.target.closest("a.v") === owner) leave(); });
  document.addEventListener("focusout", function (e) { if (owner === e.target) close(); });
  document.addEventListener("keydown", function (e) { if (e.key === "Escape") close(); });
})();
