package narrative

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What is not taken to the policy is what the policy would have made of it.
func TestTameTextsPassThePolicy(t *testing.T) {
	pieces := strings.Split("预算|决算|12.5|万元|。|“三公”|**|*|~~|`|# |## |## 一、|- |1. |3. |> |\n|\n\n|\n\n|| a | b |\n|---|---:|\n| 1 | 2 |\n|[^1]|[^1]: 注|[文](x.html)|![图](a.png)|<b>|<script>|&|&amp;|\"|'|<|>|\\|{{三公}}|<http://a.cn>|---\n|\ue0f0|  \n|\u00a0", "|")
	pieces = append(pieces, "| 来源 | 数 |\n|:-:|---:|\n| 财政 | 1 |\n\n", "```\ncode\n```\n", "<!-- x -->\n\n", "|")
	tameOnes := 0
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 20).Draw(t, "text"), "")
		d, _ := Parse("a.md", []byte(s))
		var b bytes.Buffer
		if err := markdown.Renderer().Render(&b, d.Body, d.tree); err != nil {
			t.Fatal(err)
		}
		if html := b.String(); tame(html) {
			tameOnes++
			if safe := policy.Sanitize(html); safe != html {
				t.Fatalf("%q becomes %q", html, safe)
			}
		}
	})
	if tameOnes == 0 {
		t.Error("no text was tame")
	}
}

// Each tag of the list passes by itself, and so does an id in any letters.
func TestTameTagsPassThePolicy(t *testing.T) {
	for tag := range tameTags {
		if html := "<" + tag + ">"; policy.Sanitize(html) != html {
			t.Errorf("%s becomes %q", html, policy.Sanitize(html))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		html := `<h2 id="` + rapid.String().Draw(t, "id") + `">题</h2>`
		if tame(html) && policy.Sanitize(html) != html {
			t.Fatalf("%q becomes %q", html, policy.Sanitize(html))
		}
	})
}

// What may do harm is not tame.
func TestHarmIsNotTame(t *testing.T) {
	for _, html := range []string{
		"<script>", `<a href="javascript:x">`, `<p onclick="x">`, `<h2 id="a" onclick="x">`, `<h2 id="a"onclick="x">`, "<p", "<img src=x>", "a > b", "&lt;", `<h2 id="">`, "<P>", "< p>",
	} {
		if tame(html) {
			t.Errorf("%s is taken as harmless", html)
		}
	}
}
