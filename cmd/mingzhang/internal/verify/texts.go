package verify

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"strings"

	"mingzhang/cmd/mingzhang/internal/lang"
)

// texts holds the text of a department-year, from which search results and the
// page of two sides are made, against its figures: a computed figure stands in it
// with the address of its proof.
func (v *verifier) texts(home string) {
	y := v.years[home]
	name := path.Join(home, "search.js")
	data, err := fs.ReadFile(v.fsys, name)
	if err != nil {
		return // told with the manifest, where it is missing
	}
	args, ok := bytes.CutPrefix(bytes.TrimSpace(data), []byte("MZ.text("))
	args, end := bytes.CutSuffix(args, []byte(");"))
	var call []json.RawMessage
	var passages [][3]string
	if !ok || !end || json.Unmarshal([]byte("["+string(args)+"]"), &call) != nil || len(call) != 3 || json.Unmarshal(call[2], &passages) != nil {
		v.fail(name, 1, "", "读不懂", "it cannot be read")
		return
	}
	for _, p := range passages {
		if !strings.HasPrefix(p[0], "proof.html#") {
			continue
		}
		x := y.byPlace[p[0]]
		if x == nil {
			v.fail(name, 1, "", "%s 不是任何一个数的来历", "%s is no figure's proof", p[0])
			continue
		}
		e := y.found[x.ID]
		if e == nil || e.Figure == nil {
			continue // told with the figure itself
		}
		// It is written in the main language of the site.
		if want := e.Figure.WithUnit(lang.ZH); p[2] != want && p[2] != e.Figure.WithUnit(lang.EN) {
			v.fail(name, 1, ref(y, x), "供搜索的文字写 %s，应为 %s", "the text for the search says %s, should be %s", p[2], want)
			continue
		}
		v.report.Texts++
	}
}
