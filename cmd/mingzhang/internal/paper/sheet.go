package paper

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Sheet makes the copy of a page that is printed. file is the page's path in the
// site, read finds other files of the site, and base is the address at which the
// site is published, or empty.
func Sheet(file string, page []byte, base string, read func(string) ([]byte, error)) ([]byte, error) {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, err
	}
	s := sheet{file: file, base: strings.TrimRight(base, "/"), read: read}
	if err := s.node(doc); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var b bytes.Buffer
	err = html.Render(&b, doc)
	return b.Bytes(), err
}

type sheet struct {
	file, base string
	read       func(string) ([]byte, error)
}

// node works on everything below a node.
func (s *sheet) node(n *html.Node) error {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		gone, err := s.element(c)
		if err != nil {
			return err
		}
		if gone {
			n.RemoveChild(c)
		} else if err := s.node(c); err != nil {
			return err
		}
		c = next
	}
	return nil
}

// element changes one element, or tells that it has no place on paper.
func (s *sheet) element(n *html.Node) (gone bool, err error) {
	if n.Type != html.ElementNode {
		return false, nil
	}
	switch n.Data {
	case "script":
		return true, nil
	case "meta":
		return attr(n, "http-equiv") != "", nil
	case "link":
		if attr(n, "rel") != "stylesheet" {
			return true, nil
		}
		return false, s.inline(n)
	case "img":
		data, err := s.read(s.at(attr(n, "src")))
		if err != nil {
			return true, nil // a picture that is not there prints nothing
		}
		set(n, "src", "data:"+http.DetectContentType(data)+";base64,"+base64.StdEncoding.EncodeToString(data))
	case "a":
		s.link(n)
		if href := attr(n, "href"); len(href) > 1 && href[0] == '#' && within(n, "contents") {
			folio(n)
		}
	}
	return false, nil
}

// inline puts a style sheet into the page.
func (s *sheet) inline(n *html.Node) error {
	css, err := s.read(s.at(attr(n, "href")))
	if err != nil {
		return err
	}
	if bytes.Contains(bytes.ToLower(css), []byte("</style")) {
		return fmt.Errorf("%s cannot stand inside a page", attr(n, "href"))
	}
	n.Data, n.DataAtom, n.Attr = "style", atom.Style, nil
	n.AppendChild(&html.Node{Type: html.TextNode, Data: string(css)})
	return nil
}

// link leads a link to the published site. One inside the page stays; where the
// site has no address, all that leads elsewhere on it goes.
func (s *sheet) link(n *html.Node) {
	href := attr(n, "href")
	u, err := url.Parse(href)
	switch {
	case href == "" || strings.HasPrefix(href, "#") || err == nil && u.Scheme != "":
	case err != nil || s.base == "":
		n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "href" })
	default:
		where, fragment, found := strings.Cut(href, "#")
		where = s.base + "/" + s.at(where)
		if found {
			where += "#" + fragment
		}
		set(n, "href", where)
	}
}

// at follows a relative address from the page to a file of the site.
func (s *sheet) at(href string) string {
	if un, err := url.PathUnescape(href); err == nil {
		href = un
	}
	return path.Join(path.Dir(s.file), href)
}

// within reports whether an element stands in one of a class.
func within(n *html.Node, class string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if slices.Contains(strings.Fields(attr(p, "class")), class) {
			return true
		}
	}
	return false
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func set(n *html.Node, name, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			n.Attr[i].Val = value
		}
	}
}
