// Package signing signs records that leave the service with its own Ed25519 key, so that
// whoever holds the public key alone can tell later whether one is as it was given: a
// line of JSON that people can read, too.
package signing

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Kind says what a record is. It is signed with the content, so that a signature of one
// kind of record never passes for that of another.
type Kind string

// The kinds of records, each with the version of its format. None holds a line feed.
const (
	AuditHead Kind = "tracker audit head 1"
	Statement Kind = "tracker statement 1"
)

// message is what is signed.
func (k Kind) message(content []byte) []byte {
	return append([]byte(k+"\n"), content...)
}

// Key is a private key. The zero Key signs nothing.
type Key struct{ private ed25519.PrivateKey }

// PublicKey is the half of a key that others may have.
type PublicKey struct{ key ed25519.PublicKey }

// NewKey makes a key out of 32 random bytes.
func NewKey(random io.Reader) (Key, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return Key{}, err
	}
	return Key{ed25519.NewKeyFromSeed(seed)}, nil
}

// Blocks of PEM.
const (
	privateBlock = "PRIVATE KEY"
	publicBlock  = "PUBLIC KEY"
)

// ReadKey reads a private key from a file that holds it as PKCS #8 in PEM, as
// `openssl genpkey -algorithm ed25519` writes it. It fails with fault.InvalidParameter
// when the file holds no such key, and as os.ReadFile does.
func ReadKey(file string) (Key, error) {
	text, err := os.ReadFile(file) //nolint:gosec // the file that the operator named
	if err != nil {
		return Key{}, err
	}
	noKey := fault.Newf(fault.InvalidParameter, "文件 %s 不是 PEM 格式（PKCS #8）的 Ed25519 私钥", "the file %s holds no Ed25519 private key in PEM (PKCS #8)", file)
	block, rest := pem.Decode(text)
	if block == nil || block.Type != privateBlock || len(bytes.TrimSpace(rest)) > 0 {
		return Key{}, noKey
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return Key{}, noKey
	}
	private, ok := parsed.(ed25519.PrivateKey)
	if !ok {
		return Key{}, noKey
	}
	return Key{private}, nil
}

// ReadOrMakeKey reads the key of a file as ReadKey does, and makes it where the file is
// missing, readable by its owner alone. The file appears whole or not at all and is never
// written over: of several processes that make it at a time one does, and all have its key.
func ReadOrMakeKey(file string, random io.Reader) (key Key, made bool, err error) {
	key, err = ReadKey(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, false, err
	}
	if key, err = NewKey(random); err != nil {
		return Key{}, false, err
	}
	err = key.writeNew(file)
	if errors.Is(err, fs.ErrExist) {
		key, err = ReadKey(file)
		return key, false, err
	}
	return key, err == nil, err
}

// writeNew writes the key to a file that must not be there. It is written under another
// name first and linked to its own, which fails where that is taken.
func (k Key) writeNew(file string) (err error) {
	der, err := x509.MarshalPKCS8PrivateKey(k.private)
	if err != nil {
		return err
	}
	folder := filepath.Dir(file)
	unnamed, err := os.CreateTemp(folder, filepath.Base(file)+".new-*") // readable by its owner alone
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(unnamed.Name())) }()
	err = errors.Join(pem.Encode(unnamed, &pem.Block{Type: privateBlock, Bytes: der}), unnamed.Sync(), unnamed.Close())
	if err != nil {
		return err
	}
	if err := os.Link(unnamed.Name(), file); err != nil {
		return err
	}
	return syncFolder(folder)
}

// syncFolder makes a new name in a folder outlive a loss of power.
func syncFolder(folder string) error {
	f, err := os.Open(folder) //nolint:gosec // the folder of the file that the operator named
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Public is the key's public half.
func (k Key) Public() PublicKey {
	public, _ := k.private.Public().(ed25519.PublicKey) // always of this type
	return PublicKey{public}
}

// IsZero reports whether there is no key.
func (k Key) IsZero() bool { return k.private == nil }

// Sign is the signature, 64 bytes, of a record's content.
func (k Key) Sign(kind Kind, content []byte) []byte {
	return ed25519.Sign(k.private, kind.message(content))
}

// Verify reports whether the signature is the key's for this content of this kind.
func (p PublicKey) Verify(kind Kind, content, signature []byte) bool {
	return len(p.key) == ed25519.PublicKeySize && ed25519.Verify(p.key, kind.message(content), signature)
}

// ID names the key: the first 16 hexadecimal digits of the SHA-256 of its 32 bytes.
func (p PublicKey) ID() string {
	sum := sha256.Sum256(p.key)
	return hex.EncodeToString(sum[:8])
}

// String is the key's 32 bytes in base64.
func (p PublicKey) String() string { return base64.StdEncoding.EncodeToString(p.key) }

// PEM is the key as openssl and others read it (SubjectPublicKeyInfo).
func (p PublicKey) PEM() []byte {
	der, _ := x509.MarshalPKIXPublicKey(p.key) // never fails for a key of this type
	return pem.EncodeToMemory(&pem.Block{Type: publicBlock, Bytes: der})
}

// ParsePublicKeys reads public keys in PEM, one or several: whoever keeps records for
// long keeps the keys that signed earlier ones. Text around them is passed over. It fails
// with fault.InvalidParameter when there is none, or a block that is no Ed25519 public key.
func ParsePublicKeys(text []byte) ([]PublicKey, error) {
	noKey := fault.Newf(fault.InvalidParameter, "不是 PEM 格式的 Ed25519 公钥", "this is no Ed25519 public key in PEM")
	var keys []PublicKey
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
		public, ok := parsed.(ed25519.PublicKey)
		if err != nil || !ok || block.Type != publicBlock {
			return nil, noKey
		}
		keys = append(keys, PublicKey{public})
	}
	if len(keys) == 0 {
		return nil, noKey
	}
	return keys, nil
}
