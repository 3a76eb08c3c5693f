package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/database"
)

// aboutKeys is what greet says of keys: how to make the first, or, for the
// demonstration, one that was made just now.
func (c serveCommand) aboutKeys(ctx context.Context, keys *access.Keyring, hasDemo bool) (string, error) {
	if c.InsecureNoAuth {
		return "不需要密钥，能访问此地址者均可读写 / no key is asked for: whoever reaches the address can read and write\n", nil
	}
	known, err := keys.HasAdmin(ctx)
	if err != nil {
		return "", err
	}
	switch {
	case known && hasDemo:
		return "读取不需要密钥；另建管理员密钥 / reading needs no key; make another admin key with\n" + c.howToMakeAKey("demo"), nil
	case known:
		return "", nil
	case hasDemo:
		_, token, err := keys.Create(ctx, access.Key{Name: "demo", Role: access.Admin})
		if err != nil {
			return "", err
		}
		return "读取不需要密钥；写入用这个密钥，只显示这一次 / reading needs no key; write with this one, which is shown this once\n" +
			"  export KEY=" + token + "\n", nil
	}
	return "还没有管理员密钥，先建一个 / there is no admin key yet; make the first one with\n" + c.howToMakeAKey("first"), nil
}

func (c serveCommand) howToMakeAKey(name string) string {
	return fmt.Sprintf("  tracker key create --name %s --role admin --database '%s'\n", name, strings.ReplaceAll(database.Shown(c.Database), "'", `'\''`))
}
