package main

import (
	"fmt"
	"io"
	"os"

	"github.com/indicator-tracker/tracker/internal/anchor"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/signing"
)

// anchorCheck are the flags by which heads that were kept outside are held against a chain.
type anchorCheck struct {
	signingFlag
	Anchor    string `placeholder:"FILE" help:"Heads of the audit chain that were kept outside of the database, one in each line, - for standard input: the chain must go on from each."`
	PublicKey string `placeholder:"FILE" help:"Public key, or keys, in PEM (tracker signing-key) that signed the heads; without it the service's own key has to have."`
}

// heads reads the heads that were kept, none where no file is named, and says by which key
// they are judged: what a line says of its key is no reason to trust that.
func (c anchorCheck) heads(s *session, database string) ([]indicator.KeptHead, error) {
	if c.Anchor == "" {
		if c.PublicKey != "" {
			return nil, fault.Newf(fault.InvalidParameter, "--public-key 须与 --anchor 一起使用", "--public-key goes with --anchor")
		}
		return nil, nil
	}
	trusted, from, err := c.trusted(database)
	if err != nil {
		return nil, err
	}
	text, err := c.read(s.in)
	if err != nil {
		return nil, err
	}
	heads := anchor.Read(text, trusted...)
	if len(heads) == 0 {
		return nil, fault.Newf(fault.InvalidParameter, "文件中没有链末尾记录", "the file holds no head").At("--anchor")
	}
	fmt.Fprintf(s.errOut, "另存的链末尾 %[1]d 条，验签公钥取自 %[2]s / %[1]d heads kept outside, judged by the key of %[2]s:", len(heads), from)
	for _, key := range trusted {
		fmt.Fprintf(s.errOut, " %s", key.ID())
	}
	_, err = fmt.Fprintln(s.errOut)
	return heads, err
}

func (c anchorCheck) read(in io.Reader) ([]byte, error) {
	if c.Anchor == "-" {
		return io.ReadAll(in)
	}
	return os.ReadFile(c.Anchor)
}

// trusted are the keys that may have signed heads, and the file that they are of.
func (c anchorCheck) trusted(database string) (keys []signing.PublicKey, from string, err error) {
	if c.PublicKey != "" {
		text, err := os.ReadFile(c.PublicKey)
		if err == nil {
			keys, err = signing.ParsePublicKeys(text)
		}
		return keys, c.PublicKey, fault.At(err, "--public-key")
	}
	file := c.file(database)
	if file == "" {
		return nil, "", fault.Newf(fault.InvalidParameter, "没有可信的公钥：请给出 --public-key FILE 或 --signing-key FILE",
			"there is no key to trust: give --public-key FILE or --signing-key FILE").At("--anchor")
	}
	key, err := signing.ReadKey(file)
	if err != nil {
		return nil, "", fmt.Errorf("没有可信的公钥，请给出 --public-key FILE / there is no key to trust, give --public-key FILE: %w", err)
	}
	return []signing.PublicKey{key.Public()}, file, nil
}
