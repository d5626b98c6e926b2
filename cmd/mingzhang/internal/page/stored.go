package page

import (
	"crypto/sha256"
	"errors"
	"sync"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/fiscal"
	"mingzhang/cmd/mingzhang/internal/search"
)

// rest is the figures of a department-year that only pages of the one year look
// at: of most years a run needs to know no more than that they are the same. They
// are read when the first is asked for.
type rest struct {
	digest [sha256.Size]byte // tells two states apart
	once   sync.Once
	read   func() figure.Packed // nil when they are at hand
	packed figure.Packed
}

func restOf(p figure.Packed) *rest { return &rest{digest: sha256.Sum256(p.Append(nil)), packed: p} }

func (r *rest) figures() figure.Packed {
	if r == nil {
		return figure.Packed{}
	}
	r.once.Do(func() {
		if r.read != nil {
			r.packed, r.read = r.read(), nil
		}
	})
	return r.packed
}

func (r *rest) sum() []byte {
	if r == nil {
		return nil
	}
	return r.digest[:]
}

// StoredSummary is a summary as it is kept between runs, without the figures that
// are kept apart.
type StoredSummary struct {
	_         struct{} `cbor:",toarray"` // there are many
	Year      int
	Lead      figure.Packed
	Rest      []byte // digest of the others, nil where there are none
	Shown     []byte
	Terms     []byte
	Narrative bool
	Errors    int
	Waived    int
	Results   Tally
	Pages     string
	Proofs    string
}

// Apart is the figures of a department-year that are kept apart.
type Apart struct {
	_       struct{} `cbor:",toarray"`
	Digest  []byte   // of the figures; nil where there are none
	Figures figure.Packed
}

// Store returns the summary to be kept, and the figures to be kept apart.
func (s *Summary) Store() (StoredSummary, Apart) {
	return StoredSummary{
		Year: s.Year, Lead: s.lead, Rest: s.rest.sum(), Shown: s.shown, Terms: s.Terms.Bytes(), Narrative: s.Narrative, Errors: s.Errors, Waived: s.Waived,
		Results: s.Results, Pages: s.Pages, Proofs: s.Proofs,
	}, Apart{Digest: s.rest.sum(), Figures: s.rest.figures()}
}

// Summary returns what was kept of a department. apart gives back the figures of a
// digest that were kept apart, when one of them is asked for.
func (x StoredSummary) Summary(d *fiscal.Department, apart func(digest []byte) figure.Packed) (*Summary, error) {
	terms, err := search.ReadTerms(x.Terms)
	if err != nil {
		return nil, err
	}
	s := &Summary{
		Department: d, Year: x.Year, lead: x.Lead, shown: x.Shown, Terms: terms, Narrative: x.Narrative, Errors: x.Errors, Waived: x.Waived,
		Results: x.Results, Pages: x.Pages, Proofs: x.Proofs,
	}
	if x.Rest != nil {
		if len(x.Rest) != sha256.Size {
			return nil, errors.New("page: a digest is cut short")
		}
		s.rest = &rest{digest: [sha256.Size]byte(x.Rest)}
		s.rest.read = func() figure.Packed { return apart(x.Rest) }
	}
	return s, nil
}

// Load has the figures at hand that were kept apart.
func (s *Summary) Load() { s.rest.figures() }
