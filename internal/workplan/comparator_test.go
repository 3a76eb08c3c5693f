package workplan

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestComparators(t *testing.T) {
	cases := []struct {
		sentence string
		want     indicator.Comparator
	}{
		{"新增企业30家。", indicator.Equal},
		{"新增企业30家以上。", indicator.AtLeast},
		{"新增企业30家及以上。", indicator.AtLeast},
		{"新增企业30家（含）以上。", indicator.AtLeast},
		{"新增企业不少于30家。", indicator.AtLeast},
		{"新增企业至少30家。", indicator.AtLeast},
		{"新增企业30余家。", indicator.AtLeast},
		{"新增企业30多家。", indicator.AtLeast},
		{"粮食产量不低于30万吨。", indicator.AtLeast},
		{"粮食产量稳定在30万吨以上。", indicator.AtLeast},
		{"入库企业超30家。", indicator.MoreThan},
		{"入库企业突破30家。", indicator.MoreThan},
		{"入库企业超过30家。", indicator.MoreThan},
		{"入库企业逾30家。", indicator.MoreThan},
		{"新增企业30家左右。", indicator.About},
		{"新增企业约30家。", indicator.About},
		{"新增企业近30家。", indicator.About},
		{"失业率控制在5%以内。", indicator.AtMost},
		{"失业率控制在5%。", indicator.AtMost},
		{"失业率不高于5%。", indicator.AtMost},
		{"失业率不超过5%。", indicator.AtMost},
		{"污染物浓度降至30微克/立方米以下。", indicator.AtMost},
		{"失业率低于5%。", indicator.LessThan},
		{"失业率控制在5%左右。", indicator.About},
		{"入库企业达到30家。", indicator.Equal},
		{"力争入库企业达到30家以上。", indicator.AtLeast},
		{"盘活土地30—50亩。", indicator.Equal},
		{"盘活土地30—50亩左右。", indicator.Equal},
	}
	for _, c := range cases {
		t.Run(c.sentence, func(t *testing.T) {
			if got := readOne(t, c.sentence).Target.Comparator; got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}
