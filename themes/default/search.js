// Search without a server. The index lies in parts beside the pages, as classic
// scripts, so that it works from a folder of files too; a query loads the few
// parts that its tokens fall into, then the text of the first candidates, in
// which the phrase itself is looked for. The cutting of texts into tokens is that
// of package search; a test holds both together.
(function () {
  "use strict";
  var box = document.getElementById("search");
  if (!box) return;
  var zh = document.documentElement.lang.indexOf("zh") === 0;
  function say(a, b) { return zh ? a : b; }
  var top = box.getAttribute("data-top"), own = box.getAttribute("data-own");
  var width = 0, shards = 0, departments = [], order = [], pages = [];
  var lists = {}, texts = {}, loading = {};

  function drops(c) { return "“”‘’\"'「」『』".indexOf(c) >= 0; }
  function digit(c) { return c >= "0" && c <= "9"; }
  function half(c) {
    var n = c.charCodeAt(0);
    if (n >= 0xFF01 && n <= 0xFF5E) return String.fromCharCode(n - 0xFEE0);
    return n === 0x3000 || n === 0xA0 || n === 10 || n === 9 ? " " : c;
  }
  function han(c) {
    var n = c.charCodeAt(0);
    return n >= 0x3400 && n <= 0x9FFF || n >= 0xF900 && n <= 0xFAFF || n === 0x3007;
  }

  // normal folds a text and remembers where each of its characters stood.
  function normal(s) {
    var out = "", at = [];
    for (var i = 0; i < s.length; i++) {
      var c = half(s[i]);
      if (drops(c) || c === "," && i > 0 && i + 1 < s.length && digit(half(s[i - 1])) && digit(half(s[i + 1]))) continue;
      if (c >= "A" && c <= "Z") c = c.toLowerCase();
      out += c;
      at.push(i);
    }
    at.push(s.length);
    return { text: out, at: at };
  }

  function number(s) {
    var cut = s.split(".");
    if (cut.length !== 2) return s;
    var part = cut[1].replace(/0+$/, "");
    return part ? cut[0] + "." + part : cut[0];
  }

  // tokens cuts a normal text. every keeps single characters beside pairs, as the
  // index does; a query needs them only where they stand alone.
  function tokens(s, every) {
    var out = [];
    for (var i = 0; i < s.length;) {
      var j = i, c = s[i];
      if (han(c)) {
        for (; j < s.length && han(s[j]); j++) {
          if (every) out.push(s[j]);
          if (j > i) out.push(s.slice(j - 1, j + 1));
        }
        if (!every && j === i + 1) out.push(c);
      } else if (digit(c)) {
        while (j < s.length && (digit(s[j]) || s[j] === "." && j + 1 < s.length && digit(s[j + 1]))) j++;
        out.push(number(s.slice(i, j)));
      } else if (c >= "a" && c <= "z") {
        while (j < s.length && s[j] >= "a" && s[j] <= "z") j++;
        out.push(s.slice(i, j));
      } else {
        j++;
      }
      i = j;
    }
    return out;
  }

  function hash(token) {
    var h = 2166136261;
    for (var i = 0; i < token.length; i++) h = Math.imul(h ^ token.charCodeAt(i), 16777619);
    return h >>> 0;
  }

  function load(src) {
    if (!loading[src]) {
      loading[src] = new Promise(function (done) {
        var s = document.createElement("script");
        s.src = src;
        s.onload = s.onerror = done; // a part that is not there finds nothing
        document.head.appendChild(s);
      });
    }
    return loading[src];
  }

  window.MZ = {
    tokens: tokens, normal: function (s) { return normal(s).text; }, hash: hash,
    directory: function (n, list, docs, site) {
      shards = n;
      width = Math.round(Math.log(n) / Math.LN2);
      departments = list;
      order = docs;
      pages = site;
    },
    shard: function (n, text) {
      var raw = atob(text), i = 0, term = n * Math.pow(2, 32 - width);
      function varint() {
        var x = 0, scale = 1, b;
        do {
          b = raw.charCodeAt(i++);
          x += (b & 127) * scale;
          scale *= 128;
        } while (b & 128);
        return x;
      }
      while (i < raw.length) {
        term += varint();
        var head = varint(), count = Math.floor(head / 2), docs = [];
        if (head % 2) {
          for (var k = 0; k < count; k++) {
            var bits = raw.charCodeAt(i++);
            for (var b = 0; b < 8; b++) if (bits & 1 << b) docs.push(k * 8 + b);
          }
        } else {
          for (var d = 0, m = 0; m < count; m++) {
            d += varint();
            docs.push(d);
          }
        }
        lists[term] = docs;
      }
    },
    text: function (key, title, passages) { texts[key] = [key, title, passages]; }
  };

  // find looks for a part of the query in a normal text: a number must be the
  // whole number, other texts must not cut one.
  function find(text, part) {
    if (/^[\d.]+%?$/.test(part)) {
      var want = number(part.replace("%", "")), m, all = /\d+(?:\.\d+)*/g;
      while ((m = all.exec(text))) if (number(m[0]) === want) return [m.index, m.index + m[0].length];
      return null;
    }
    for (var i = text.indexOf(part); i >= 0; i = text.indexOf(part, i + 1)) {
      var end = i + part.length;
      if (!(digit(part[0]) && i > 0 && digit(text[i - 1])) && !(digit(part[part.length - 1]) && end < text.length && digit(text[end]))) return [i, end];
    }
    return null;
  }

  // look returns the passages of a document that hold the query, the best first,
  // or null when a part of it is nowhere.
  function look(doc, parts) {
    var hits = [], seen = parts.map(function (p) { return !!find(normal(doc[1]).text, p); });
    doc[2].forEach(function (passage) {
      var best = null, head = normal(passage[1]).text;
      passage[2].split("\n").forEach(function (line) {
        var n = normal(line), got = 0, spot = null;
        parts.forEach(function (p, i) {
          var f = find(n.text, p);
          if (f) spot = spot || [n.at[f[0]], n.at[f[1] - 1] + 1];
          if (f || find(head, p)) {
            got++;
            seen[i] = true;
          }
        });
        if (got && (!best || got > best.got || got === best.got && spot && !best.spot)) best = { got: got, spot: spot, line: line, href: passage[0], heading: passage[1] };
      });
      if (best) hits.push(best);
    });
    if (seen.indexOf(false) >= 0) return null;
    var place = new Map(hits.map(function (h, i) { return [h, i]; }));
    hits.sort(function (a, b) { return b.got - a.got || place.get(a) - place.get(b); });
    return hits;
  }

  function element(name, className, text) {
    var e = document.createElement(name);
    if (className) e.className = className;
    if (text !== undefined) e.textContent = text;
    return e;
  }

  function link(href, text) {
    var a = element("a", "", text);
    a.href = href;
    return a;
  }

  // snippet shows the line with what was found marked.
  function snippet(hit) {
    var p = element("p", "hit"), line = hit.line, spot = hit.spot;
    if (!spot) {
      p.textContent = line.slice(0, 80);
      return p;
    }
    var from = Math.max(0, spot[0] - 30), to = Math.min(line.length, spot[1] + 50);
    p.appendChild(document.createTextNode((from ? "…" : "") + line.slice(from, spot[0])));
    p.appendChild(element("mark", "", line.slice(spot[0], spot[1])));
    p.appendChild(document.createTextNode(line.slice(spot[1], to) + (to < line.length ? "…" : "")));
    return p;
  }

  // address leads to the passage; browsers that can scroll to the very words.
  function address(folder, hit) {
    var href = folder + hit.href;
    if (!hit.spot || hit.href.indexOf("proof.html") >= 0) return href;
    return href + (href.indexOf("#") < 0 ? "#" : "") + ":~:text=" + encodeURIComponent(hit.line.slice(hit.spot[0], hit.spot[1])).replace(/-/g, "%2D");
  }

  function result(folder, title, titleHref, hits) {
    var li = element("li"), h = element("h3");
    h.appendChild(link(titleHref, title));
    li.appendChild(h);
    hits.slice(0, 4).forEach(function (hit) {
      var at = address(folder, hit);
      if (hit.heading) {
        var p = element("p", "where");
        p.appendChild(link(at, hit.heading));
        li.appendChild(p);
        li.appendChild(snippet(hit));
      } else {
        li.appendChild(snippet(hit));
      }
    });
    return li;
  }

  var status = element("p", "found"), out = element("ol", "results"), more = element("button", "more", say("更多结果", "More results"));
  status.setAttribute("role", "status");
  more.type = "button";
  more.hidden = true;
  box.appendChild(status);
  box.appendChild(out);
  box.appendChild(more);
  var run = 0, whole = "", dropped = 0;

  // fewer is how many words were left out because all together are nowhere.
  function search(query, fewer) {
    var mine = ++run, parts = normal(query).text.split(" ").filter(Boolean);
    dropped = fewer || 0;
    if (dropped) parts = parts.slice(0, -dropped);
    whole = query;
    out.textContent = "";
    more.hidden = true;
    status.textContent = parts.length ? say("正在查找…", "Searching…") : "";
    if (!parts.length) return;
    var wanted = {};
    parts.forEach(function (p) { tokens(p, false).forEach(function (t) { wanted[t] = hash(t); }); });
    var hashes = Object.keys(wanted).map(function (t) { return wanted[t]; });
    load("directory.js").then(function () {
      return Promise.all(hashes.map(function (h) { return load(top + "search/i/" + Math.floor(h / Math.pow(2, 32 - width)) + ".js"); }));
    }).then(function () {
      if (mine !== run) return;
      var shown = 0;
      departments.forEach(function (d) {
        if (shown >= 10 || parts.some(function (p) { return !find(normal(d[1]).text, p); })) return;
        out.appendChild(result(top + own + d[0] + "/", d[1], top + own + d[0] + "/index.html", []));
        shown++;
      });
      pages.forEach(function (d) {
        if (shown >= 20) return;
        var hits = look(d, parts);
        if (!hits) return;
        out.appendChild(result(top, d[1], top + d[0], hits));
        shown++;
      });
      var candidates = hashes.length ? order.map(function (_, i) { return i; }) : [];
      hashes.forEach(function (h) {
        var has = {};
        (lists[h] || []).forEach(function (d) { has[d] = true; });
        candidates = candidates.filter(function (d) { return has[d]; });
      });
      // A department named in the query goes first; then the newest year.
      function named(i) { return parts.some(function (p) { return find(normal(departments[order[i][0]][1]).text, p); }) ? 0 : 1; }
      var rank = candidates.map(function (d) { return [named(d), d]; }).sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; });
      next(mine, parts, rank.map(function (r) { return r[1]; }), shown, 10);
    });
  }

  // next looks through candidates, some texts at a time, until enough are shown.
  function next(mine, parts, candidates, shown, room) {
    var batch = candidates.slice(0, 6), rest = candidates.slice(6);
    var keys = batch.map(function (i) { return departments[order[i][0]][0] + "/" + order[i][1]; });
    Promise.all(keys.map(function (k) { return load(top + k + "/search.js"); })).then(function () {
      if (mine !== run) return;
      keys.forEach(function (k) {
        var hits = texts[k] && look(texts[k], parts);
        if (!hits) return;
        out.appendChild(result(top + own + k + "/", texts[k][1], top + own + k + "/index.html", hits));
        shown++;
        room--;
      });
      if (rest.length && room > 0) return next(mine, parts, rest, shown, room);
      if (!shown && parts.length > 1) return search(whole, dropped + 1);
      status.textContent = (shown && dropped ? say("全部词同时出现的没有；含「" + parts.join(" ") + "」的", "Nowhere all together; with " + parts.join(" ") + ": ") : "") + (shown ? say("找到 " + shown + " 处" + (rest.length ? "，还有更多" : ""), shown + " found" + (rest.length ? ", and more" : "")) : say("没有找到。换一个说法，或只写其中几个字。", "Nothing was found. Try other words, or fewer of them."));
      more.hidden = !rest.length;
      more.onclick = function () { next(mine, parts, rest, shown, 10); };
    });
  }

  var form = box.querySelector("form"), input = form.querySelector("input"), timer;
  var asked = /[?&]q=([^&]*)/.exec(location.search);
  form.addEventListener("submit", function (e) {
    e.preventDefault();
    clearTimeout(timer);
    search(input.value);
    try { history.replaceState(null, "", "?q=" + encodeURIComponent(input.value)); } catch (_) { /* not from a folder of files */ }
  });
  input.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(function () { search(input.value); }, 300);
  });
  if (asked) {
    input.value = decodeURIComponent(asked[1].replace(/\+/g, " "));
    search(input.value);
  }
})();
