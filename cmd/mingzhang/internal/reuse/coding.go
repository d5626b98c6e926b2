package reuse

import (
	"math"

	"github.com/fxamacker/cbor/v2"
)

// Encode writes what is kept between runs as CBOR: a record of many thousand
// files must be read in a fraction of a second.
func Encode(v any) ([]byte, error) { return encoding.Marshal(v) }

// Decode reads it back.
func Decode(data []byte, v any) error { return decoding.Unmarshal(data, v) }

var (
	encoding = must(cbor.EncOptions{Sort: cbor.SortLengthFirst}.EncMode()) // the same bytes each time
	// Texts are those of the source folder, and nothing limits how many there are.
	decoding = must(cbor.DecOptions{MaxArrayElements: math.MaxInt32, MaxMapPairs: math.MaxInt32, UTF8: cbor.UTF8DecodeInvalid}.DecMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // the options are ours
	}
	return v
}
