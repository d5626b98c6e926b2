package check

import (
	"strings"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/money"
)

// list asks the total of a list against its rows, where it has one total. Where rows
// stand under codes, those of a body and of a class are sums of others; which rows the
// total adds up is seen from those that come to it.
func (s *summer) list() {
	total := -1
	var rows []int
	for i, r := range s.st.Rows {
		switch {
		case r.Level == figure.Total && total >= 0:
			return
		case r.Level == figure.Total:
			total = i
		case s.known(i):
			rows = append(rows, i)
		}
	}
	if total < 0 || len(rows) == 0 {
		return
	}
	if !s.st.Coded() {
		s.listSum(total, rows)
		return
	}
	codes := s.st.ListCodes()
	leaves, bodies := coded(rows, codes)
	// The lines are plain where each stands under a code of one length, with one body
	// over them at most: then they are what the total adds up, whether they come to it
	// or not.
	one := len(bodies) == 1 && bodies[0] == rows[0] && !strings.HasPrefix(strings.TrimSpace(s.st.Rows[bodies[0]].Name), "其中")
	plain := len(leaves) > 0 && len(leaves)+len(bodies) == len(rows) && (one || len(bodies) == 0) && even(leaves, codes)
	for _, group := range [][]int{leaves, s.without(leaves, codes), rows, bodies} {
		if len(group) == 0 || !s.comes(total, group) || plain && len(group) == len(bodies) {
			continue
		}
		s.listSum(total, group)
		if one && len(group) < len(rows) {
			s.listSum(total, bodies) // the one body of the table
		}
		return
	}
	if plain {
		s.listSum(total, leaves)
		if one {
			s.listSum(total, bodies)
		}
	}
}

// coded lists the rows under the longest codes as leaves, those without one as bodies.
func coded(rows []int, codes []string) (leaves, bodies []int) {
	over := map[string]bool{} // codes that may stand over others
	for _, i := range rows {
		for n := 1; n < len(codes[i]); n++ {
			over[codes[i][:n]] = true
		}
	}
	for _, i := range rows {
		if codes[i] == "" {
			bodies = append(bodies, i)
		} else if !over[codes[i]] {
			leaves = append(leaves, i)
		}
	}
	return leaves, bodies
}

// without leaves out of rows under one code, those that the first of them adds up:
// 2050202 小学教育 and under it the projects of that item.
func (s *summer) without(leaves []int, codes []string) []int {
	var out []int
	for k := 0; k < len(leaves); {
		code := codes[leaves[k]]
		end := k + 1
		for end < len(leaves) && codes[leaves[end]] == code {
			end++
		}
		if end-k > 2 && s.comes(leaves[k], leaves[k+1:end]) {
			out = append(out, leaves[k])
		} else {
			out = append(out, leaves[k:end]...)
		}
		k = end
	}
	return out
}

// even reports whether rows stand under codes of one length.
func even(rows []int, codes []string) bool {
	for _, i := range rows {
		if len(codes[i]) != len(codes[rows[0]]) {
			return false
		}
	}
	return true
}

// comes reports whether rows come to a total in every column.
func (s *summer) comes(total int, rows []int) bool {
	some := false
	for i := range s.st.Form.Columns {
		c := &s.st.Form.Columns[i]
		have := s.st.Cell(&s.st.Rows[total], c.ID).Value
		if c.Price || !have.Known() {
			continue
		}
		sum, err := money.Sum(s.values(rows, c.ID))
		if err != nil || !money.Overlaps(have, sum) {
			return false
		}
		some = true
	}
	return some
}

func (s *summer) listSum(total int, rows []int) {
	for i := range s.st.Form.Columns {
		if c := &s.st.Form.Columns[i]; !c.Price {
			s.column(sideSum, total, rows, c.ID)
		}
	}
}
