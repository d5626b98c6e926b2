package main

import (
	"go/build"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// policy is the direction of the data, as a text: each package may import the
// packages named after it, directly, and no others of this program. It is a
// policy: change it on purpose, with a reason in the commit, not to make a test
// pass. What it keeps apart: check and indicator do not know each other; a theme
// and the renderer never see the model; publish knows nothing of budgets.
const policy = `
lang:
label:
money:      lang
diag:       lang
table:      diag lang
tomlfile:   diag lang table
config:     diag lang tomlfile
schema:     diag label lang money table tomlfile
standard:   label lang schema tomlfile
statement:  diag figure formula label lang money schema standard table tomlfile
dataset:    crew diag label lang standard
figure:     label lang money table
formula:    figure lang money
fiscal:     dataset diag figure label lang money schema standard statement table
indicator:  diag figure formula lang money schema standard tomlfile
score:      diag figure formula label lang money standard tomlfile
privacy:    diag lang
check:      dataset diag figure formula label lang money privacy schema standard statement table tomlfile
narrative:  diag label lang table tomlfile
claim:      diag figure label lang money standard
chart:
crew:
page:       chart check config figure fiscal indicator jsontext label lang money schema score search spare standard statement table
render:     diag lang page spare tomlfile themes
jsontext:
spare:
csvtext:
export:     check csvtext figure fiscal label lang money schema spare standard statement table
workbook:   diag export figure lang money schema spare
tidy:       csvtext lang proof
reference:  fiscal indicator lang money schema standard statement tidy
datapackage: config export fiscal lang reference schema spare tidy
discover:   jsontext
proof:      figure fiscal formula jsontext lang money schema spare table
verify:     figure label lang money proof publish table
site:       check claim config datapackage dataset diag discover export figure fiscal indicator label lang money narrative page privacy proof reference render reuse schema score search spare standard statement table tidy workbook
intake:     check dataset diag figure fiscal lang money statement
search:     crew
publish:    crew spare
mirror:     publish
reuse:      spare
codebook:   check claim config dataset diag fiscal indicator narrative privacy render schema score site statement table tomlfile
paper:
watch:
lull:
preview:    diag lang
desk:       diag lang preview proof publish site
scaffold:   schema standard table
sample:     standard tomlfile
`

const module = "mingzhang/"

func TestTheDirectionOfTheDataIsKept(t *testing.T) {
	allowed := map[string][]string{}
	for _, line := range strings.Split(strings.TrimSpace(policy), "\n") {
		name, rest, _ := strings.Cut(line, ":")
		allowed[name] = strings.Fields(rest)
	}
	folders, err := os.ReadDir("internal")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		may, ok := allowed[f.Name()]
		if !ok {
			t.Errorf("package %s is not in the policy", f.Name())
			continue
		}
		delete(allowed, f.Name())
		pkg, err := build.ImportDir(path.Join("internal", f.Name()), 0)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, imp := range pkg.Imports {
			if strings.HasPrefix(imp, module) && !slices.Contains(may, path.Base(imp)) {
				t.Errorf("%s imports %s, which the policy does not allow", f.Name(), path.Base(imp))
			}
		}
		for _, want := range may {
			if !slices.ContainsFunc(pkg.Imports, func(i string) bool { return strings.HasPrefix(i, module) && path.Base(i) == want }) {
				t.Errorf("%s no longer imports %s: take it out of the policy", f.Name(), want)
			}
		}
	}
	for name := range allowed {
		t.Errorf("the policy names %s, which is not there", name)
	}
}

// Every library in the program is here by decision.
func TestLibrariesAreOnTheList(t *testing.T) {
	list := []string{
		"github.com/gocarina/gocsv", "github.com/shopspring/decimal", "github.com/yuin/goldmark", "github.com/fsnotify/fsnotify", // the user's card
		"github.com/expr-lang/expr", "github.com/pelletier/go-toml/v2", "github.com/spf13/cobra", "github.com/microcosm-cc/bluemonday", "github.com/xuri/excelize/v2", "golang.org/x/text", "golang.org/x/sys", "golang.org/x/net", "golang.org/x/sync/errgroup", "github.com/parquet-go/parquet-go", "github.com/gofrs/flock", "github.com/minio/minio-go/v7", "github.com/fxamacker/cbor/v2", "github.com/cespare/xxhash/v2",
		"github.com/klauspost/compress/flate", "github.com/klauspost/compress/gzip", // come with the two before; those of the Go library take twice the time
	}
	folders, err := os.ReadDir("internal")
	if err != nil {
		t.Fatal(err)
	}
	dirs := []string{"."}
	for _, f := range folders {
		dirs = append(dirs, path.Join("internal", f.Name()))
	}
	for _, dir := range dirs {
		pkg, err := build.ImportDir(dir, 0)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, imp := range pkg.Imports {
			if !strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") {
				continue // the standard library and this module
			}
			if !slices.ContainsFunc(list, func(l string) bool { return imp == l || strings.HasPrefix(imp, l+"/") }) {
				t.Errorf("%s imports %s, which is not on the list", dir, imp)
			}
		}
	}
}
