package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/signing"
	"github.com/indicator-tracker/tracker/internal/store"
)

// signingFlag is shared by the commands that work with the service's own key.
type signingFlag struct {
	SigningKey string `placeholder:"FILE" help:"File with the Ed25519 private key (PEM) that signs heads of the audit chain and statements, the same for every process. Without it an SQLite database has one beside it, tracker.db.key, which serve makes; PostgreSQL has none."`
}

// file is where the key of a database is, "" where it has none.
func (f signingFlag) file(database string) string {
	if f.SigningKey != "" {
		return f.SigningKey
	}
	return store.Beside(database, ".key")
}

// settleSigning reads the key with which the service signs, and makes it where it was not
// named and belongs beside the database. The service goes without, and says so, where
// that cannot be done; a key that is named has to be there, so that no process of several
// signs with one of its own.
func (f signingFlag) settleSigning(database string, log *slog.Logger) (signing.Key, error) {
	file := f.file(database)
	if file == "" {
		return signing.Key{}, nil
	}
	if f.SigningKey != "" {
		key, err := signing.ReadKey(file)
		return key, missingKey(err, file)
	}
	key, made, err := signing.ReadOrMakeKey(file, rand.Reader)
	switch {
	case fault.Is(err, fault.InvalidParameter):
		return signing.Key{}, err
	case err != nil:
		log.Error("there is no signing key: nothing is signed", "error", err)
		return signing.Key{}, nil
	case made:
		log.Info("signing key made", "file", file, "key_id", key.Public().ID())
	}
	return key, nil
}

// missingKey says how to make the key that is not there.
func missingKey(err error, file string) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return fault.Newf(fault.InvalidParameter, "没有签名密钥文件 %[1]s；用 tracker signing-key --make --signing-key %[1]s 生成",
		"there is no signing key %[1]s; make it with tracker signing-key --make --signing-key %[1]s", file)
}

type signingKeyCommand struct {
	databaseFlag
	signingFlag
	Make bool `help:"Make the key where its file is missing; no file is written over."`
}

// Run prints the public half: who has it can verify what the service signed.
func (c signingKeyCommand) Run(s *session) (err error) {
	file := c.file(c.Database)
	if file == "" {
		return errors.New("请以 --signing-key 指明密钥文件 / name the file of the key with --signing-key")
	}
	var key signing.Key
	if c.Make {
		key, _, err = signing.ReadOrMakeKey(file, rand.Reader)
	} else {
		key, err = signing.ReadKey(file)
	}
	if err != nil {
		return missingKey(err, file)
	}
	_, err = fmt.Fprintf(s.out, "key_id %s\n%s", key.Public().ID(), key.Public().PEM())
	return err
}
