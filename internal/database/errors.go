package database

import (
	"context"
	"database/sql"
	"errors"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Translate turns an error into a fault. Faults pass through; what a driver
// says becomes the private cause.
func (d *DB) Translate(ctx context.Context, err error) error {
	var f *fault.Fault
	switch {
	case err == nil:
		return nil
	case errors.As(err, &f):
		return err
	case ctx.Err() != nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return Because(fault.Timeout, err)
	case d.engine.unavailable(err):
		return Because(fault.Unavailable, err)
	}
	return Because(fault.Internal, err)
}

// Unreachable is translate for moments when any failure means that the
// database cannot be used.
func (d *DB) Unreachable(ctx context.Context, err error) error {
	if translated := d.Translate(ctx, err); !fault.Is(translated, fault.Internal) {
		return translated
	}
	return fault.Newf(fault.Unavailable, "无法使用数据库", "the database cannot be used").Because(err)
}

// Because is a fault with the usual words of its code and a private cause.
func Because(code fault.Code, cause error) *fault.Fault {
	return fault.New(code, code.Title()).Because(cause)
}

// NotFound says which record there is none of.
func NotFound(kind fault.Text, name string) *fault.Fault {
	return fault.Newf(fault.NotFound, "没有%[1]s %[3]s", "there is no %[2]s %[3]s", kind.ZH, kind.EN, name)
}

// OnMissing replaces the error of a row that is not there.
func OnMissing(err error, instead *fault.Fault) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return instead
	}
	return err
}

// OnDuplicate replaces the error of a broken unique constraint.
func OnDuplicate(err error, instead *fault.Fault) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return instead.Because(err)
	}
	return err
}

// IsMissing reports whether a query found no row.
func IsMissing(err error) bool { return errors.Is(err, sql.ErrNoRows) }

// Away reports whether an error says that the database cannot be used now.
func (d *DB) Away(err error) bool {
	return fault.Is(err, fault.Unavailable) || fault.Is(err, fault.Timeout) || d.engine.unavailable(err)
}
