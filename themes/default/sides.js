// Two department-years side by side. The numbers come from the texts of the
// search, where each computed figure stands with the way to its proof.
(function () {
  "use strict";
  var box = document.getElementById("sides");
  if (!box) return;
  var zh = document.documentElement.lang.indexOf("zh") === 0;
  function say(a, b) { return zh ? a : b; }
  var top = box.getAttribute("data-top"), own = box.getAttribute("data-own");
  var departments = [], order = [], texts = {}, loading = {};
  var items = [], words = {};
  Array.prototype.forEach.call(document.getElementById("side-items").content.children, function (e) { items.push([e.getAttribute("data-at"), e.textContent]); });
  Array.prototype.forEach.call(document.getElementById("side-words").content.children, function (e) { words[e.getAttribute("data-in")] = e.textContent; });

  window.MZ = {
    directory: function (_, list, docs) {
      departments = list;
      order = docs;
    },
    text: function (key, title, passages) {
      var at = {};
      passages.forEach(function (p) { if (p[0].indexOf("proof.html#") === 0) at[p[0]] = p[2]; });
      texts[key] = { title: title, at: at };
    }
  };

  function load(src) {
    if (!loading[src]) {
      loading[src] = new Promise(function (done) {
        var s = document.createElement("script");
        s.src = src;
        s.onload = s.onerror = done;
        document.head.appendChild(s);
      });
    }
    return loading[src];
  }

  // translated says a number with its unit, or a state, in the page's language.
  function translated(text) {
    if (words[text]) return words[text];
    var cut = text.lastIndexOf(" ");
    return cut > 0 && words[text.slice(cut + 1)] ? text.slice(0, cut + 1) + words[text.slice(cut + 1)] : text;
  }

  function element(name, text) {
    var e = document.createElement(name);
    if (text !== undefined) e.textContent = text;
    return e;
  }

  function picker(name, id, options) {
    var label = element("label", name + " "), select = element("select");
    select.id = id;
    label.htmlFor = id;
    options.forEach(function (o) {
      var e = element("option", o[1]);
      e.value = o[0];
      select.appendChild(e);
    });
    return [label, select];
  }

  var out = element("div");
  function show(keys) {
    Promise.all(keys.map(function (k) { return load(top + k + "/search.js"); })).then(function () {
      var a = texts[keys[0]], b = texts[keys[1]];
      out.textContent = "";
      if (!a || !b) return;
      var frame = element("div"), table = element("table"), caption = element("caption", say("逐项并列", "Item by item")), head = element("thead"), row = element("tr"), body = element("tbody");
      frame.className = "scroll";
      frame.tabIndex = 0;
      frame.setAttribute("role", "region");
      caption.id = "sides-caption";
      frame.setAttribute("aria-labelledby", caption.id);
      [say("指标", "indicator"), a.title, b.title].forEach(function (text, i) {
        var th = element("th", text);
        th.scope = "col";
        if (i) th.className = "n";
        row.appendChild(th);
      });
      head.appendChild(row);
      items.forEach(function (item) {
        if (a.at[item[0]] === undefined && b.at[item[0]] === undefined) return;
        var tr = element("tr"), th = element("th", item[1]);
        th.scope = "row";
        tr.appendChild(th);
        [a, b].forEach(function (side, i) {
          var td = element("td");
          td.className = "n";
          if (side.at[item[0]] !== undefined) {
            var link = element("a", translated(side.at[item[0]]));
            link.className = "v";
            link.href = top + own + keys[i] + "/" + item[0];
            td.appendChild(link);
          }
          tr.appendChild(td);
        });
        body.appendChild(tr);
      });
      [caption, head, body].forEach(function (e) { table.appendChild(e); });
      frame.appendChild(table);
      out.appendChild(frame);
    });
  }

  load("../search/directory.js").then(function () {
    var options = order.map(function (o) { return [departments[o[0]][0] + "/" + o[1], departments[o[0]][1] + " " + o[1]]; });
    options.sort(function (a, b) { return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0; });
    if (!options.length) return;
    var asked = /[?&]a=([^&]*)&b=([^&]*)/.exec(location.search), form = element("div"), selects = [];
    form.className = "filter";
    ["first", "second"].forEach(function (which, i) {
      var p = picker(box.getAttribute("data-" + which), "side-" + which, options);
      p.forEach(function (e) { form.appendChild(e); });
      selects.push(p[1]);
      p[1].value = asked ? decodeURIComponent(asked[i + 1]) : options[Math.min(i, options.length - 1)][0];
      p[1].addEventListener("change", change);
    });
    function change() {
      var keys = selects.map(function (s) { return s.value; });
      show(keys);
      try { history.replaceState(null, "", "?a=" + encodeURIComponent(keys[0]) + "&b=" + encodeURIComponent(keys[1])); } catch (_) { /* not from a folder of files */ }
    }
    box.appendChild(form);
    box.appendChild(out);
    show(selects.map(function (s) { return s.value; }));
  });
})();
