package statement

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/signing"
)

// Verified is what a look at a statement found.
type Verified struct {
	Statement v1.Statement
	// Facts are those that the statement names; of whoever sent with a key that was not
	// given, without its id.
	Facts Facts
	// KeyID names the trusted key that signed it; empty when none did.
	KeyID string
	// Withheld counts the measurements whose hash covers the id of a key that was not given:
	// their hashes stand by the signature alone.
	Withheld int
	// Findings are what does not hold, the first of them; none where all of it does.
	Findings []fault.Text
}

// Verify looks whether a statement, as the service gave it, was signed with one of the
// trusted keys, and derives the hashes of its measurements and its progress again, by the
// rules that it names. Senders are the ids of keys that may have sent its measurements.
//
// It fails with fault.InvalidValue where the text is no statement that this program knows:
// of another format, or of rules that came later.
func Verify(text []byte, trusted []signing.PublicKey, senders ...string) (Verified, error) {
	var v Verified
	record, err := signing.ParseRecord(text)
	if err != nil {
		return v, err
	}
	if err := checkKnown(record.Content); err != nil {
		return v, err
	}
	if err := record.Decode(&v.Statement); err != nil {
		return v, err
	}
	switch key, err := record.Verify(signing.Statement, trusted...); {
	case err != nil:
		v.Findings = append(v.Findings, fault.From(err).Detail)
	default:
		v.KeyID = key.ID()
	}
	var d derivation
	err = fault.Guard(func() (err error) { // one that nobody trusted has signed may say anything
		d, err = derive(v.Statement, senders)
		return err
	})
	if err != nil {
		f := fault.From(err)
		d.findings = []fault.Text{{ZH: f.Field + "：" + f.Detail.ZH, EN: f.Field + ": " + f.Detail.EN}}
	}
	v.Facts, v.Findings, v.Withheld = d.facts, append(v.Findings, d.findings...), d.withheld
	return v, nil
}

// checkKnown refuses a statement that a later program made and this one cannot read.
func checkKnown(content []byte) error {
	var made struct {
		Format int `json:"statement"`
		Rules  int `json:"rules"`
	}
	if err := json.Unmarshal(content, &made); err != nil || made.Format == 0 {
		return fault.Newf(fault.InvalidValue, "不是进度证明", "this is no statement")
	}
	if made.Format != format {
		return fault.Newf(fault.InvalidValue, "本程序不认识第 %[1]d 版格式的进度证明，请用较新的程序验证",
			"this program does not know statements of format %[1]d: verify it with a later one", made.Format)
	}
	if !progress.KnowsRules(made.Rules) {
		return fault.Newf(fault.InvalidValue, "本程序不认识第 %[1]d 版计算规则，请用较新的程序验证",
			"this program does not know version %[1]d of the rules: verify it with a later one", made.Rules)
	}
	return nil
}

// derivation is what deriving a statement again led to.
type derivation struct {
	facts    Facts
	findings []fault.Text
	withheld int
}

// mostFindings bounds what is said of one statement.
const mostFindings = 20

// derive makes a statement again out of the facts that it names and by its rules, which
// this program must know, and finds in what it is another.
func derive(s v1.Statement, senders []string) (derivation, error) {
	f, err := factsOf(s)
	if err != nil {
		return derivation{}, err
	}
	unknown := nameSenders(f.Evidence.Measurements, s.Measurements, senders)
	again, err := compose(f, s.Rules)
	if err != nil {
		return derivation{}, err
	}
	for _, i := range unknown {
		again.Measurements[i].Hash = s.Measurements[i].Hash
	}
	again.Profile.Content = s.Profile.Content // later programs may write more of it
	stated, err := tree(s)
	if err != nil {
		return derivation{}, err
	}
	derived, err := tree(again)
	d := derivation{facts: f, withheld: len(unknown)}
	d.compare("", stated, derived)
	return d, err
}

// tree is a document as JSON's own values, numbers with their digits.
func tree(s v1.Statement) (any, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var v any
	return v, decoder.Decode(&v)
}

// compare finds where two documents differ, by JSON pointers.
func (d *derivation) compare(at string, stated, derived any) {
	switch a := stated.(type) {
	case map[string]any:
		if b, ok := derived.(map[string]any); ok {
			for _, name := range slices.Sorted(maps.Keys(a)) {
				d.compare(at+"/"+name, a[name], b[name])
			}
			return
		}
	case []any:
		if b, ok := derived.([]any); ok && len(a) == len(b) {
			for i := range a {
				d.compare(fmt.Sprintf("%s/%d", at, i), a[i], b[i])
			}
			return
		}
	default:
		if stated == derived {
			return
		}
	}
	if len(d.findings) < mostFindings {
		d.findings = append(d.findings, fault.Say("%s：证明写的是 %s，推算得 %s", "%s: the statement says %s, and %s is derived", at, shown(stated), shown(derived)))
	}
}

func shown(v any) string {
	text, _ := json.Marshal(v) // values that JSON gave
	const most = 200
	if runes := []rune(string(text)); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(text)
}
