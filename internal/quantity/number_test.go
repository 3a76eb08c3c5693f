package quantity

import (
	"encoding/json"
	"math/big"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/fault"
)

func TestParseNumber(t *testing.T) {
	long := strings.Repeat("7", MaxDigits)
	accepted := []struct{ name, in, want string }{
		{"keeps the digits as written", "75.40", "75.40"},
		{"reads a negative number", "-4.2", "-4.2"},
		{"drops the sign of zero", "-0.00", "0.00"},
		{"writes a positive exponent out", "1.5e3", "1500"},
		{"writes a negative exponent out", "125E-2", "1.25"},
		{"moves the point past the digits", "-12e-3", "-0.012"},
		{"keeps the fraction an exponent leaves", "1.250e+1", "12.50"},
		{"accepts an exponent with leading zeros", "2e0003", "2000"},
		{"does not let an exponent add leading zeros", "0.5e1", "5"},
		{"takes as many digits as allowed", long, long},
		{"takes as many decimals as allowed", "0.0" + long[2:], "0.0" + long[2:]},
		{"takes the largest exponent allowed", "1e39", "1" + strings.Repeat("0", 39)},
		{"takes the smallest exponent allowed", "1e-39", "0." + strings.Repeat("0", 38) + "1"},
	}
	for _, c := range accepted {
		t.Run(c.name, func(t *testing.T) {
			n, err := ParseNumber(c.in)
			if err != nil || n.String() != c.want {
				t.Errorf("ParseNumber(%q) = %q, %v; want %q", c.in, n, err, c.want)
			}
		})
	}
	refused := map[fault.Code][]string{
		fault.InvalidNumber: {
			"", "-", "+5", "--5", ".5", "5.", "007", "-01", "１２", "五", "1,000", "1_000", " 1", "1 ", "1e", "1e+", "1e-+2",
			"e5", "1e2e3", "1.2.3", "1e1.5", "NaN", "Inf", "-Infinity", "0x10", "1/2", "12\x00", "null", "true",
		},
		fault.NumberTooLong: {
			long + "7", "0." + long, "-1." + long, "1e40", "1e-40", "1e9999", "0e9999", "0e40", "1e-99999999999999999999", "12e39",
			strings.Repeat("9", 1<<16), "1e" + strings.Repeat("9", 1<<16),
		},
	}
	for code, inputs := range refused {
		for _, in := range inputs {
			t.Run("refuses as "+string(code)+" "+clip(in), func(t *testing.T) {
				n, err := ParseNumber(in)
				if !fault.Is(err, code) || n != (Number{}) {
					t.Errorf("ParseNumber(%q) = %q, %v; want the zero number and %s", clip(in), n, err, code)
				}
			})
		}
	}
}

func TestParseNumberSpendsNothingOnAnExponent(t *testing.T) {
	for _, in := range []string{"1e999999999", "1e-999999999", "1e" + strings.Repeat("9", 5000)} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range 100 {
			_, _ = ParseNumber(in)
		}
		runtime.ReadMemStats(&after)
		bytes := (after.TotalAlloc - before.TotalAlloc) / 100
		if bytes > 4096 {
			t.Errorf("%s takes %d bytes", clip(in), bytes)
		}
	}
}

func TestMustNumberPanicsOnWhatParseNumberRefuses(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("MustNumber accepted 五")
		}
	}()
	MustNumber("五")
}

func TestFromRat(t *testing.T) {
	cases := []struct {
		name     string
		num, den int64
		places   int
		want     string
	}{
		{"rounds a half up", 5, 1000, 2, "0.01"},
		{"rounds a negative half away from zero", -5, 1000, 2, "-0.01"},
		{"rounds below a half down", 4999, 1000000, 2, "0.00"},
		{"writes every place", 1, 2, 2, "0.50"},
		{"has no negative zero", -1, 1000, 2, "0.00"},
		{"carries into the whole part", 999995, 1000, 2, "1000.00"},
		{"carries 99.995 to 100", 99995, 1000, 2, "100.00"},
		{"rounds to whole numbers", 5, 2, 0, "3"},
		{"takes negative places as none", 149, 1, -2, "149"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := FromRat(big.NewRat(c.num, c.den), c.places).String(); got != c.want {
				t.Errorf("FromRat(%d/%d, %d) = %s, want %s", c.num, c.den, c.places, got, c.want)
			}
		})
	}
}

func TestNumberValue(t *testing.T) {
	t.Run("the zero value is 0", func(t *testing.T) {
		var n Number
		if n.String() != "0" || n.Sign() != 0 || n.Rat().Sign() != 0 || !n.Equal(FromInt(0)) {
			t.Errorf("zero Number is %s, sign %d, value %s", n, n.Sign(), n.Rat())
		}
	})
	t.Run("five times 17.99 is 89.95", func(t *testing.T) {
		sum := new(big.Rat)
		for range 5 {
			sum.Add(sum, MustNumber("17.99").Rat())
		}
		if got := FromRat(sum, 2); got.Cmp(MustNumber("89.95")) != 0 {
			t.Errorf("sum is %s", got)
		}
	})
	t.Run("Rat gives a copy", func(t *testing.T) {
		n := MustNumber("2.5")
		n.Rat().SetInt64(9)
		if got := n.Rat(); got.Cmp(big.NewRat(5, 2)) != 0 {
			t.Errorf("the number changed to %s", got)
		}
	})
	t.Run("compares values and not the writing", func(t *testing.T) {
		order := []string{"-4.2", "-4", "-0.001", "0.00", "0.001", "9.99", "75.4", "75.41", "100"}
		for i, a := range order {
			for j, b := range order {
				want := min(1, max(-1, i-j))
				if got := MustNumber(a).Cmp(MustNumber(b)); got != want {
					t.Errorf("Cmp(%s, %s) = %d, want %d", a, b, got, want)
				}
			}
		}
		if !MustNumber("75.4").Equal(MustNumber("75.40")) || MustNumber("75.4") == MustNumber("75.40") {
			t.Error("75.4 and 75.40 should be equal in value and differ in writing")
		}
	})
	t.Run("knows its sign", func(t *testing.T) {
		for in, want := range map[string]int{"-0.01": -1, "0": 0, "0.00": 0, "-0": 0, "0.01": 1} {
			if got := MustNumber(in).Sign(); got != want {
				t.Errorf("Sign of %s = %d, want %d", in, got, want)
			}
		}
	})
}

func TestAbsIsTheNumberWithoutItsSign(t *testing.T) {
	for s, want := range map[string]string{"-3.10": "3.10", "3.10": "3.10", "0": "0", "-99999999999999999999.5": "99999999999999999999.5"} {
		if got := MustNumber(s).Abs(); got.String() != want {
			t.Errorf("of %s it is %s, not %s", s, got, want)
		}
	}
	if got := (Number{}).Abs(); got.String() != "0" {
		t.Errorf("of the zero Number it is %s", got)
	}
}

func TestNumberJSON(t *testing.T) {
	type body struct {
		Value Number `json:"value"`
	}
	accepted := map[string]string{
		`{"value": 75.40}`:                          `{"value":75.40}`,
		`{"value": "75.40"}`:                        `{"value":75.40}`,
		`{"value": 1.5e3}`:                          `{"value":1500}`,
		`{"value": "\u0031\u0032"}`:                 `{"value":12}`,
		`{"value": 12345678901234567890.123456789}`: `{"value":12345678901234567890.123456789}`,
	}
	for in, want := range accepted {
		t.Run("keeps the digits of "+in, func(t *testing.T) {
			var b body
			if err := json.Unmarshal([]byte(in), &b); err != nil {
				t.Fatal(err)
			}
			if out, err := json.Marshal(b); err != nil || string(out) != want {
				t.Errorf("%s became %s, %v; want %s", in, out, err, want)
			}
		})
	}
	refused := map[string]fault.Code{
		`{"value": null}`:     fault.WrongType,
		`{"value": true}`:     fault.WrongType,
		`{"value": [1]}`:      fault.WrongType,
		`{"value": {}}`:       fault.WrongType,
		`{"value": ""}`:       fault.InvalidNumber,
		`{"value": "null"}`:   fault.InvalidNumber,
		`{"value": " 12"}`:    fault.InvalidNumber,
		`{"value": 1e400}`:    fault.NumberTooLong,
		`{"value": "1e-400"}`: fault.NumberTooLong,
	}
	for in, code := range refused {
		t.Run("refuses "+in, func(t *testing.T) {
			b := body{Value: MustNumber("3")}
			err := json.Unmarshal([]byte(in), &b)
			if !fault.Is(err, code) || b.Value != MustNumber("3") {
				t.Errorf("%s gave %s, %v; want %s and the value untouched", in, b.Value, err, code)
			}
		})
	}
}

// decimal draws numbers as people write them, up to the digits allowed.
func decimal(t *rapid.T) string {
	return rapid.StringMatching(`-?(0|[1-9][0-9]{0,19})(\.[0-9]{1,19})?`).Draw(t, "decimal")
}

func TestNumberAgreesWithBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := decimal(t), decimal(t)
		x, y := MustNumber(a), MustNumber(b)
		want, _ := new(big.Rat).SetString(a)
		other, _ := new(big.Rat).SetString(b)
		if x.Rat().Cmp(want) != 0 || x.Sign() != want.Sign() || x.Cmp(y) != want.Cmp(other) {
			t.Fatalf("%s and %s: value %s, sign %d, order %d", a, b, x.Rat(), x.Sign(), x.Cmp(y))
		}
		if want.Sign() != 0 && x.String() != a {
			t.Fatalf("%s became %s", a, x)
		}
		data, _ := json.Marshal(x)
		var back Number
		if err := json.Unmarshal(data, &back); err != nil || back != x {
			t.Fatalf("%s came back from JSON as %s, %v", x, back, err)
		}
	})
}

func TestFromRatIsWithinHalfAPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		exact := big.NewRat(rapid.Int64().Draw(t, "num"), rapid.Int64Range(1, 1<<40).Draw(t, "den"))
		places := rapid.IntRange(0, 6).Draw(t, "places")
		rounded := FromRat(exact, places).Rat()
		unit := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil))
		off := new(big.Rat).Sub(rounded, exact)
		half := new(big.Rat).Mul(unit, big.NewRat(1, 2))
		away := off.Sign() == exact.Sign()
		if c := off.Abs(off).Cmp(half); c > 0 || c == 0 && !away {
			t.Fatalf("%s to %d places is %s", exact, places, rounded)
		}
	})
}

func TestSumAgreesWithBigRat(t *testing.T) {
	shortOrLong := rapid.OneOf(
		rapid.StringMatching(`-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,3})?`),
		rapid.StringMatching(`-?(0|9[0-9]{0,19})(\.[0-9]{1,19})?`),
		rapid.SampledFrom([]string{"9223372036854775807", "-9223372036854775807", "0.000000000000000001", "999999999999999999", "1", "-0.5"}),
	)
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(shortOrLong, 0, 8).Draw(t, "numbers")
		want := new(big.Rat)
		numbers := make([]Number, len(texts))
		for i, text := range texts {
			numbers[i] = MustNumber(text)
			term, _ := new(big.Rat).SetString(text)
			want.Add(want, term)
		}
		got := Sum(numbers...)
		digits, _ := want.FloatPrec()
		text := want.FloatString(digits)
		if text == "-0" {
			text = "0"
		}
		if got.Rat().Cmp(want) != 0 || got.String() != text {
			t.Fatalf("%v add up to %s, not %s", texts, got, text)
		}
	})
}

func TestMinusAgreesWithBigRat(t *testing.T) {
	text := rapid.OneOf(
		rapid.StringMatching(`-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,3})?`),
		rapid.StringMatching(`-?(0|9[0-9]{0,19})(\.[0-9]{1,19})?`),
		rapid.SampledFrom([]string{"9223372036854775807", "-9223372036854775807", "922337203685477580.7", "-0.000000000000000001", "0"}),
	)
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		x, y := MustNumber(a), MustNumber(b)
		_, xs, _ := strings.Cut(x.String(), ".")
		_, ys, _ := strings.Cut(y.String(), ".")
		exact := new(big.Rat).Sub(x.Rat(), y.Rat())
		want := FromRat(exact, max(len(xs), len(ys)))
		if got := x.Minus(y); got != want || got.Rat().Cmp(exact) != 0 {
			t.Fatalf("%s − %s is %s, not %s", a, b, got, want)
		}
	})
}

func TestFromRatWritesAsBigRatDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		exact := big.NewRat(rapid.Int64().Draw(t, "num"), rapid.Int64Min(1).Draw(t, "den"))
		places := rapid.IntRange(0, 20).Draw(t, "places")
		want := exact.FloatString(places)
		if strings.Trim(want, "-0.") == "" {
			want = strings.TrimPrefix(want, "-")
		}
		if got := FromRat(exact, places).String(); got != want {
			t.Fatalf("%s to %d places is %s, not %s", exact, places, got, want)
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"75.40", "-0", "1.5e3", "1e9999", "1e-39", "NaN", "+5", "", "１２", "007", "1e-+2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseNumber(s)
		if err != nil {
			return
		}
		want, ok := new(big.Rat).SetString(s)
		if !ok || want.Cmp(n.Rat()) != 0 {
			t.Fatalf("%q became %s, big.Rat says %v", s, n, want)
		}
		if again, err := ParseNumber(n.String()); err != nil || again != n {
			t.Fatalf("%q became %s, which is read as %s, %v", s, n, again, err)
		}
		if !json.Valid([]byte(n.String())) {
			t.Fatalf("%q became %s, which is no JSON", s, n)
		}
	})
}
