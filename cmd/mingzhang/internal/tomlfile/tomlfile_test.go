package tomlfile

import "testing"

const sample = `title = "明账"
[site]
name = "某区"
[[items]]
id = "a"
  [[items.parts]]
  id = "a1"
  [[items.parts]]
  id = "a2"
[[items]]
id = "b"
  [[items.parts]]
  id = "b1"
`

type doc struct {
	Title string
	Site  struct{ Name string }
	Items []struct {
		ID    string
		Parts []struct{ ID string }
	}
}

func TestKeysKnowTheirPlace(t *testing.T) {
	var d doc
	f, list := Decode("x.toml", []byte(sample), &d)
	if len(list) > 0 || d.Items[1].Parts[0].ID != "b1" {
		t.Fatal(list, d)
	}
	for path, want := range map[string]string{
		"title": "x.toml:1:1", "site.name": "x.toml:3:1", "items[0].parts[1].id": "x.toml:9:3",
		"items[1].id": "x.toml:11:1", "items[1].parts[0].id": "x.toml:13:3", "site.nothing": "x.toml:2:2",
	} {
		if got := f.Place(path).String(); got != want {
			t.Errorf("%s stands at %s; want %s", path, got, want)
		}
	}
}

func TestFaultsAreFindingsAtTheirPlace(t *testing.T) {
	for text, want := range map[string]string{
		"title = \"a\"\nnonsense = 1\n":    "unknown-key x.toml:2:1",
		"title = 12\n":                     "setting-value x.toml:1:9",
		"title = \"没有收尾\n":                 "toml-syntax x.toml:1:14",
		"[site]\nname = \"x\" extra\n":     "toml-syntax x.toml:2:12",
		"[site]\n名称 = \"Chinese key\"\n":   "toml-syntax x.toml:2:1",
		"title = \"a\"\ntitle = \"twice\"": "setting-value x.toml:2:1",
	} {
		var d doc
		_, list := Decode("x.toml", []byte(text), &d)
		got := ""
		for _, f := range list {
			got += f.Code.Word + " " + f.Place.String()
		}
		if got != want {
			t.Errorf("%q: %s; want %s", text, got, want)
		}
	}
}
