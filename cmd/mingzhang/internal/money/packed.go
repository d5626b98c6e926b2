package money

import (
	"encoding/binary"
	"errors"
	"math/big"

	"github.com/shopspring/decimal"
)

// errPacked is returned for bytes that no value was packed into.
var errPacked = errors.New("money: not a packed value")

// What follows a packed number's first byte.
const (
	packedWord = iota // coefficient and exponent
	packedBig         // sign, length, bytes of the coefficient, exponent
)

// AppendPacked appends the value whole, with its interval, in few bytes. Units go
// by their place in the table of units: the bytes are for the program that wrote
// them.
func (v Value) AppendPacked(b []byte) []byte {
	spans := byte(0)
	if v.span != nil {
		spans = 1
	}
	b = append(b, byte(v.State), byte(v.Unit), spans)
	b = binary.AppendVarint(b, int64(v.Places))
	if v.State != Number {
		return b
	}
	b = v.num.appendPacked(b)
	if v.span != nil {
		b = v.span.hi.appendPacked(v.span.lo.appendPacked(b))
	}
	return b
}

// Unpacked reads a packed value and returns the bytes after it.
func Unpacked(b []byte) (Value, []byte, error) {
	if len(b) < 4 || int(b[0]) >= len(stateInfo) || int(b[1]) >= len(units) || b[2] > 1 {
		return Value{}, nil, errPacked
	}
	v, spans := Value{State: State(b[0]), Unit: Unit(b[1])}, b[2] == 1
	places, n := binary.Varint(b[3:])
	if n <= 0 {
		return v, nil, errPacked
	}
	v.Places, b = int32(places), b[3+n:]
	if v.State != Number {
		return v, b, nil
	}
	var err error
	if v.num, b, err = unpackNumber(b); err != nil || !spans {
		return v, b, err
	}
	v.span = &span{}
	if v.span.lo, b, err = unpackNumber(b); err != nil {
		return v, b, err
	}
	v.span.hi, b, err = unpackNumber(b)
	return v, b, err
}

func (n number) appendPacked(b []byte) []byte {
	if n.big == nil {
		b = binary.AppendVarint(append(b, packedWord), n.coef)
		return binary.AppendVarint(b, int64(n.exp))
	}
	coef := n.big.Coefficient()
	digits := coef.Bytes()
	b = append(b, packedBig, byte(coef.Sign()+1))
	b = append(binary.AppendUvarint(b, uint64(len(digits))), digits...)
	return binary.AppendVarint(b, int64(n.big.Exponent()))
}

func unpackNumber(b []byte) (n number, rest []byte, err error) {
	if len(b) < 2 {
		return n, nil, errPacked
	}
	kind, b := b[0], b[1:]
	var coef *big.Int
	var size int
	switch kind {
	case packedWord:
		if n.coef, size = binary.Varint(b); size <= 0 {
			return n, nil, errPacked
		}
		b = b[size:]
	case packedBig:
		sign := int(b[0]) - 1
		long, size := binary.Uvarint(b[1:])
		if size <= 0 || long > uint64(len(b)-1-size) {
			return n, nil, errPacked
		}
		coef, b = new(big.Int).SetBytes(b[1+size:1+size+int(long)]), b[1+size+int(long):]
		if sign < 0 {
			coef.Neg(coef)
		}
	default:
		return n, nil, errPacked
	}
	exp, size := binary.Varint(b)
	if size <= 0 {
		return n, nil, errPacked
	}
	n.exp = int32(exp)
	if coef != nil {
		n = numberOf(decimal.NewFromBigInt(coef, n.exp))
	}
	return n, b[size:], nil
}
