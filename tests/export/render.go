// Render a Modelfile's TEMPLATE with Go's own engine and compare: go run render.go Modelfile prompts.json
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"text/template"
)

type message struct{ Role, Content string }

type sample struct {
	Shape    string
	Messages []message
	Prompt   string
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(2)
	}
}

func main() {
	modelfile, err := os.ReadFile(os.Args[1])
	must(err)
	_, rest, _ := strings.Cut(string(modelfile), `TEMPLATE """`)
	text, _, _ := strings.Cut(rest, `"""`)
	parsed, err := template.New("").Parse(text)
	must(err)
	content, err := os.ReadFile(os.Args[2])
	must(err)
	var samples []sample
	must(json.Unmarshal(content, &samples))
	wrong := 0
	for _, s := range samples {
		var prompt strings.Builder
		must(parsed.Execute(&prompt, map[string]any{"Messages": s.Messages}))
		if prompt.String() != s.Prompt {
			fmt.Printf("%s: Go writes %q, the trainer %q\n", s.Shape, prompt.String(), s.Prompt)
			wrong++
		}
	}
	fmt.Printf("%d prompts, %d differ\n", len(samples), wrong)
	if wrong > 0 || len(samples) == 0 {
		os.Exit(1)
	}
}
