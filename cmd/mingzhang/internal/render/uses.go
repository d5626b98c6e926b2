package render

import (
	"text/template/parse"
)

// Uses reports whether the templates for a kind of page name a field or a method,
// wherever it stands and whatever it belongs to. What they do not name need not
// be made. A page that is given whole to a function shows what is named here.
func (t *Theme) Uses(kind, name string) bool {
	for _, sets := range t.sets { // the same templates in each language
		if s := sets[kind]; s != nil {
			return s.named()[name]
		}
	}
	return true
}

// namesIn lists the fields and methods that a template names.
func namesIn(n parse.Node, names map[string]bool) {
	add := func(list []string) {
		for _, name := range list {
			names[name] = true
		}
	}
	branch := func(b *parse.BranchNode) {
		namesIn(b.Pipe, names)
		namesIn(b.List, names)
		if b.ElseList != nil {
			namesIn(b.ElseList, names)
		}
	}
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, x := range n.Nodes {
				namesIn(x, names)
			}
		}
	case *parse.ActionNode:
		namesIn(n.Pipe, names)
	case *parse.TemplateNode:
		if n.Pipe != nil {
			namesIn(n.Pipe, names)
		}
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			for _, a := range c.Args {
				namesIn(a, names)
			}
		}
	case *parse.FieldNode:
		add(n.Ident)
	case *parse.VariableNode:
		add(n.Ident[1:])
	case *parse.ChainNode:
		namesIn(n.Node, names)
		add(n.Field)
	}
}
