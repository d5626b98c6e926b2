package render

import (
	"bytes"
	"html/template"
	"io"
	"slices"
	"sync"
	"text/template/parse"

	"mingzhang/cmd/mingzhang/internal/spare"
)

// set is the templates of a kind of page with the place to which their functions
// write, for one page at a time. A function that gave its markup back would have
// it copied three times on its way onto the page.
type set struct {
	*template.Template
	w writer
}

// sets are the templates of a kind, one set for each page under work.
type sets struct {
	parse func(*writer) (*template.Template, error)
	first *template.Template // for those who look at templates and do not run them
	named func() map[string]bool

	mu   sync.Mutex
	free []*set
}

func (s *sets) take(kind string) (*set, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.free); n > 0 {
		t := s.free[n-1]
		s.free = s.free[:n-1]
		return t, nil
	}
	t := &set{}
	var err error
	if t.Template, err = s.parse(&t.w); err != nil {
		return nil, err
	}
	// html/template decides on the first run what has to be escaped; the run
	// itself is of no interest and may fail.
	_ = t.ExecuteTemplate(io.Discard, kind, nil)
	for _, x := range t.Templates() {
		if x.Tree != nil {
			t.settle(kind, x.Tree.Root)
		}
	}
	t.w.buf = nil
	return t, nil
}

func (s *sets) give(t *set) {
	t.w.buf = nil
	s.mu.Lock()
	defer s.mu.Unlock()
	s.free = append(s.free, t)
}

// page renders a page.
func (s *sets) page(kind string, p any) ([]byte, error) {
	t, err := s.take(kind)
	if err != nil {
		return nil, err
	}
	t.w.buf = spare.Bytes()
	if err := t.ExecuteTemplate(&t.w, kind, p); err != nil {
		spare.Return(t.w.buf)
		return nil, err // the set is let go: it may have stopped anywhere
	}
	out := t.w.buf
	s.give(t)
	return out, nil
}

// intoPage is the mark of a function that writes onto the page itself.
const intoPage = "_into_page"

// settle does once for all pages what need not be done for each: words of the
// interface become text, and functions write onto the page themselves.
func (s *set) settle(kind string, n parse.Node) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		var list []parse.Node
		for _, x := range n.Nodes {
			if a, ok := x.(*parse.ActionNode); ok {
				if text, ok := s.word(kind, a); ok {
					x = &parse.TextNode{NodeType: parse.NodeText, Pos: a.Pos, Text: text}
				}
			}
			if text, ok := x.(*parse.TextNode); ok && len(list) > 0 {
				if last, ok := list[len(list)-1].(*parse.TextNode); ok {
					last.Text = slices.Concat(last.Text, text.Text)
					continue
				}
			}
			s.settle(kind, x)
			list = append(list, x)
		}
		n.Nodes = list
	case *parse.IfNode:
		s.settle(kind, n.List)
		s.settle(kind, n.ElseList)
	case *parse.RangeNode:
		s.settle(kind, n.List)
		s.settle(kind, n.ElseList)
	case *parse.WithNode:
		s.settle(kind, n.List)
		s.settle(kind, n.ElseList)
	case *parse.ActionNode:
		if len(n.Pipe.Decl) == 0 {
			direct(n.Pipe)
			swift(n.Pipe)
		}
	}
}

// word runs an action that writes a word of the interface, which is the same on
// every page.
func (s *set) word(kind string, a *parse.ActionNode) ([]byte, bool) {
	c := a.Pipe.Cmds[0]
	if len(a.Pipe.Decl) > 0 || function(c) != "word" || len(c.Args) != 2 || c.Args[1].Type() != parse.NodeString {
		return nil, false
	}
	root := s.Lookup(kind).Tree.Root
	all := root.Nodes
	root.Nodes = []parse.Node{a}
	defer func() { root.Nodes = all }()
	var b bytes.Buffer
	err := s.ExecuteTemplate(&b, kind, nil)
	return b.Bytes(), err == nil
}

// direct makes functions write onto the page where the template does nothing
// else with what they give: {{table .X}} between elements. There html/template
// has put its escaper for content after them, which lets markup pass.
func direct(p *parse.PipeNode) {
	if len(p.Cmds) != 2 || function(p.Cmds[1]) != library+content {
		return
	}
	if name := function(p.Cmds[0]); writers[name] {
		p.Cmds[0].Args[0].(*parse.IdentifierNode).Ident = name + intoPage
		p.Cmds = p.Cmds[:1]
	}
}

// function names the function of a command, or "".
func function(c *parse.CommandNode) string {
	if id, ok := c.Args[0].(*parse.IdentifierNode); ok {
		return id.Ident
	}
	return ""
}
