package diag

import (
	"cmp"
	"slices"
)

// List collects findings in the order in which they are met.
type List []*Finding

// Add appends findings and skips nil ones, so that a rule may return nil for
// "nothing found".
func (l *List) Add(fs ...*Finding) {
	for _, f := range fs {
		if f != nil {
			*l = append(*l, f)
		}
	}
}

// Count returns how many findings have severity s, folded repeats included.
func (l List) Count(s Severity) int {
	n := 0
	for _, f := range l {
		if f.Severity == s {
			n += 1 + f.Repeats
		}
	}
	return n
}

// HasErrors reports whether any finding stops a build.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(f *Finding) bool { return f.Severity == Error })
}

// Errors lists the findings that stop a build.
func (l List) Errors() List {
	var out List
	for _, f := range l {
		if f.Severity == Error {
			out.Add(f)
		}
	}
	return out
}

// Sort orders findings by place, then by code, so that two runs over the same
// input print the same text whatever the order of work was.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b *Finding) int {
		switch {
		case a.Place.Before(b.Place):
			return -1
		case b.Place.Before(a.Place):
			return 1
		}
		return cmp.Or(cmp.Compare(a.Code.Word, b.Code.Word), cmp.Compare(a.Headline.ZH, b.Headline.ZH))
	})
}

// maxAlike is how many findings of one code in one file are told in full.
const maxAlike = 10

// Fold keeps the first findings of each code in each file and counts the rest
// on the last one kept, so that a slip that runs down a whole column does not
// bury everything else. Errors are folded only with errors of the same code.
func (l List) Fold() List {
	type group struct {
		file, word string
		sev        Severity
	}
	seen := map[group]int{}
	last := map[group]*Finding{}
	out := make(List, 0, len(l))
	for _, f := range l {
		g := group{f.Place.File, f.Code.Word, f.Severity}
		seen[g]++
		if seen[g] > maxAlike {
			last[g].Repeats += 1 + f.Repeats
			continue
		}
		c := *f
		last[g] = &c
		out = append(out, &c)
	}
	return out
}
