package page

import (
	"testing"

	"mingzhang/cmd/mingzhang/internal/config"
)

// The short way to what stands in the page's own folder is the way.
func TestBesideIsTheWay(t *testing.T) {
	c := Context{Config: config.Default()}
	for _, c.Lang = range c.Config.Langs() {
		for _, path := range []string{"huoli/2024/", "huoli/2024/b01.html", "huoli/2024/proof.html"} {
			b := c.base("", path, "", "")
			for _, address := range []string{"proof.html#outturn", "b01.html#a/b", "b01.html", "b01.html-#x", "b02.html#收入:1", "proof.html#x:y"} {
				if got, want := b.beside(address), b.to(b.own+"huoli/2024/"+address); got != want {
					t.Errorf("from %s to %s: %s, want %s", b.Path, address, got, want)
				}
			}
		}
	}
}
