package proof

import (
	"encoding/json"
	"reflect"
	"testing"
)

const written = `{"department":"a","name":"甲\"局","year":2024,
"files":[
{"file":"data/x.csv","sha256":"00","encoding":"UTF-8"}],
"prior":{"b01/x":["a/2023#b01/x"]},
"withheld":["x{*}"],
"rows":[
{"table":"x","key":"1","label":"一","level":"leaf","attrs":{},"cells":{"value":"x/1/value"}}],
"figures":[
{"id":"x/1/value","label":"一","value":"4.5","unit":"万元","decimals":2,"state":"number","stage":"","display":"4.50 万元","written":"约","interval":["4.45","4.55"],"csv":"x!B2","source":{"file":"data/x.csv","sheet":"s","cell":"B2","line":2,"column":3,"heading":"数","text":"4.5\u2028","unit":"万元","decimals":1}},
{"id":"r","label":"率","value":null,"unit":"%","decimals":2,"state":"not-reported","stage":"","display":"未填报","interval":null,"formula":"x / y","row":"x/1","table":"b01","inputs":["x/1/value"],"label_en":"r","names":"甲 ÷ 乙","names_en":"a ÷ b","numbers":"1 ÷ 2"}]}
`

func TestWhatIsWrittenIsParsed(t *testing.T) {
	if _, ok := parse([]byte(written)); !ok {
		t.Error("left to the general decoder")
	}
}

// FuzzParse holds the parser against encoding/json: it takes nothing that the
// other refuses, and takes it for the same.
func FuzzParse(f *testing.F) {
	f.Add([]byte(written))
	for _, s := range []string{`{}`, `{"year":1e3}`, `{"year":01}`, `{"name":"\ud800"}`, `{"Name":"x"}`, `{"rows":null}`, `{"figures":[null]}`, `{"name":"a",}`, `{} x`, `{"prior":{"a":[],"a":["x"]}}`, `{"figures":[{"id":"a","source":{},"inputs":[]}]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, ok := parse(data)
		if !ok {
			return
		}
		want := &File{}
		if err := json.Unmarshal(data, want); err != nil {
			t.Fatalf("%s is taken, and is wrong: %v", data, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s is taken for %+v, and is %+v", data, got, want)
		}
	})
}
