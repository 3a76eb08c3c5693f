package loop

import "github.com/indicator-tracker/tracker/internal/fault"

// Light (灯) says at a glance how a task goes.
type Light string

// The lights, the worst first. Grey stands before green: what nobody knows is not well.
const (
	Red    Light = "red"
	Yellow Light = "yellow"
	Grey   Light = "grey"
	Green  Light = "green"
)

// Lights are all lights, the worst first.
var Lights = []Light{Red, Yellow, Grey, Green}

// Label is the light in words.
func (l Light) Label() fault.Text {
	return map[Light]fault.Text{
		Red: {ZH: "红灯", EN: "red"}, Yellow: {ZH: "黄灯", EN: "yellow"}, Grey: {ZH: "未亮灯", EN: "no light"}, Green: {ZH: "绿灯", EN: "green"},
	}[l]
}

// Worse is the worse of two lights; an empty one is none.
func Worse(a, b Light) Light {
	for _, l := range Lights {
		if a == l || b == l {
			return l
		}
	}
	return ""
}
