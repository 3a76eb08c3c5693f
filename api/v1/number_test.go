package v1_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

func TestNumberGoesOutAsItsDigits(t *testing.T) {
	cases := []struct{ name, digits string }{
		{"zero", "0"},
		{"a fraction that ends in zeros", "20.500"},
		{"a negative fraction", "-0.25"},
		{"more digits than a float holds", "12345678901234567890.123456789012345678901"},
		{"a tenth, which a float cannot hold", "0.1"},
		{"a whole number above two to the 53rd", "9007199254740993"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			body, err := json.Marshal(struct {
				Value v1.Number `json:"value"`
			}{v1.Number(c.digits)})
			if err != nil {
				t.Fatal(err)
			}
			if want := `{"value":` + c.digits + `}`; string(body) != want {
				t.Errorf("got %s, want %s", body, want)
			}
			var back struct {
				Value v1.Number `json:"value"`
			}
			if err := json.Unmarshal(body, &back); err != nil || string(back.Value) != c.digits {
				t.Errorf("read back %q, %v", back.Value, err)
			}
		})
	}
}

func TestNumberWithoutDigitsIsNotSent(t *testing.T) {
	if body, err := json.Marshal(v1.Target{Comparator: "ge", Value: new(v1.Number)}); err == nil {
		t.Errorf("sent %s", body)
	}
	t.Run("a number that is not there is null", func(t *testing.T) {
		body, err := json.Marshal(v1.Target{Comparator: "gt"})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(body), `"value":null`) || !strings.Contains(string(body), `"value_high":null`) {
			t.Errorf("got %s", body)
		}
	})
	t.Run("null is read as not there", func(t *testing.T) {
		var target v1.Target
		if err := json.Unmarshal([]byte(`{"value":null,"value_high":5.0}`), &target); err != nil {
			t.Fatal(err)
		}
		if target.Value != nil || target.ValueHigh == nil || *target.ValueHigh != "5.0" {
			t.Errorf("got %+v", target)
		}
	})
}

func TestNumberInputKeepsWhatWasSent(t *testing.T) {
	cases := []struct{ name, body, want string }{
		{"a whole number", `168`, "168"},
		{"zero", `0`, "0"},
		{"a negative number", `-3.5`, "-3.5"},
		{"zeros at the end", `20.50`, "20.50"},
		{"an exponent, which is for the domain to judge", `1.5e3`, "1.5e3"},
		{"an exponent in upper case with a sign", `2E-7`, "2E-7"},
		{"more digits than a float holds", `0.12345678901234567890123`, "0.12345678901234567890123"},
		{"a string of digits", `"44.16"`, "44.16"},
		{"a string with separators", `"1,234"`, "1,234"},
		{"a string of words", `"十二"`, "十二"},
		{"a string written with escapes", `"\u0031\u0032"`, "12"},
		{"a string with spaces about it", `" 7 "`, " 7 "},
		{"an empty string", `""`, ""},
		{"a number with spaces about it", " \n 9 ", "9"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got v1.MeasurementRequest
			if err := json.Unmarshal([]byte(`{"value":`+c.body+`}`), &got); err != nil {
				t.Fatal(err)
			}
			if string(got.Value) != c.want {
				t.Errorf("got %q, want %q", got.Value, c.want)
			}
		})
	}
}

func TestNumberInputRefusesOtherTypes(t *testing.T) {
	for name, body := range map[string]string{
		"true": `true`, "false": `false`, "null": `null`, "a list": `[1]`, "an object": `{"value":1}`, "nothing": ``, "spaces": `  `, "a plus sign": `+1`, "a point first": `.5`,
	} {
		t.Run(name, func(t *testing.T) {
			n := v1.NumberInput("before")
			if err := n.UnmarshalJSON([]byte(body)); !errors.Is(err, v1.ErrNumberType) {
				t.Errorf("got %v", err)
			}
			if n != "before" {
				t.Errorf("became %q", n)
			}
		})
	}
	t.Run("a string that is cut short is an error of its own", func(t *testing.T) {
		var n v1.NumberInput
		if err := n.UnmarshalJSON([]byte(`"12`)); err == nil || errors.Is(err, v1.ErrNumberType) {
			t.Errorf("got %v", err)
		}
	})
}

func TestNumberPatchTellsLeftOutFromCleared(t *testing.T) {
	cases := []struct {
		name, body string
		given      bool
		value      string // "-" for none
	}{
		{"left out", `{}`, false, "-"},
		{"cleared", `{"baseline":null}`, true, "-"},
		{"a number", `{"baseline":8.0}`, true, "8.0"},
		{"a string", `{"baseline":"8.0"}`, true, "8.0"},
		{"zero is a value", `{"baseline":0}`, true, "0"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got v1.PatchIndicatorRequest
			if err := json.Unmarshal([]byte(c.body), &got); err != nil {
				t.Fatal(err)
			}
			value := "-"
			if got.Baseline.Value != nil {
				value = string(*got.Baseline.Value)
			}
			if got.Baseline.Given != c.given || value != c.value {
				t.Errorf("given %v, value %s", got.Baseline.Given, value)
			}
		})
	}
	t.Run("null after a number clears it", func(t *testing.T) {
		var p v1.NumberPatch
		for _, body := range []string{`5`, `null`} {
			if err := p.UnmarshalJSON([]byte(body)); err != nil {
				t.Fatal(err)
			}
		}
		if !p.Given || p.Value != nil {
			t.Errorf("got %+v", p)
		}
	})
	t.Run("other types are refused", func(t *testing.T) {
		for _, body := range []string{`true`, `[]`, `{}`} {
			if err := new(v1.NumberPatch).UnmarshalJSON([]byte(body)); !errors.Is(err, v1.ErrNumberType) {
				t.Errorf("%s: %v", body, err)
			}
		}
	})
}

func TestNumberPatchIsSentAsItIsMeant(t *testing.T) {
	eight := v1.NumberInput("8.0")
	cases := []struct {
		name  string
		patch v1.NumberPatch
		want  string
	}{
		{"left out", v1.NumberPatch{}, `{}`},
		{"cleared", v1.NumberPatch{Given: true}, `{"baseline":null}`},
		{"given", v1.NumberPatch{Given: true, Value: &eight}, `{"baseline":"8.0"}`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			body, err := json.Marshal(v1.PatchIndicatorRequest{Baseline: c.patch})
			if err != nil || string(body) != c.want {
				t.Errorf("got %s, %v, want %s", body, err, c.want)
			}
		})
	}
}

// decimals draws decimals as JSON writes them, without an exponent.
var decimals = rapid.StringMatching(`-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,24})?`)

func TestNumbersComeBackDigitForDigit(t *testing.T) {
	t.Run("out and in", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			sent := v1.Number(decimals.Draw(t, "digits"))
			body, err := json.Marshal(sent)
			if err != nil {
				t.Fatal(err)
			}
			var got v1.Number
			if err := json.Unmarshal(body, &got); err != nil || got != sent {
				t.Fatalf("%q came back as %q, %v", sent, got, err)
			}
		})
	})
	t.Run("what was answered can be sent back", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			answered := v1.Number(decimals.Draw(t, "digits"))
			body, err := json.Marshal(answered)
			if err != nil {
				t.Fatal(err)
			}
			var in v1.NumberInput
			if err := json.Unmarshal(body, &in); err != nil || string(in) != string(answered) {
				t.Fatalf("%q came in as %q, %v", answered, in, err)
			}
		})
	})
	t.Run("any text of a sender", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			sent := v1.NumberInput(rapid.String().Draw(t, "text"))
			body, err := json.Marshal(sent)
			if err != nil {
				t.Fatal(err)
			}
			var got v1.NumberInput
			if err := json.Unmarshal(body, &got); err != nil || got != sent {
				t.Fatalf("%q came back as %q, %v", sent, got, err)
			}
		})
	})
}
