// Renders a Helm chart like `helm template chat CHART --values VALUES`, with the libraries that Helm itself is made of: Go's
// templates and the functions of sprig. Helm is not packaged for Debian; these are.
//
// usage: go run render.go CHART VALUES
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"gopkg.in/yaml.v3"
)

type object = map[string]any

func main() {
	log.SetFlags(0)
	folder := os.Args[1]
	values := read(filepath.Join(folder, "values.yaml"))
	merge(values, read(os.Args[2]))
	about := read(filepath.Join(folder, "Chart.yaml"))
	context := object{
		"Chart":   object{"Name": about["name"], "Version": about["version"], "AppVersion": about["appVersion"]},
		"Release": object{"Name": "chat", "Namespace": "default", "Service": "Helm"},
		"Values":  values,
	}
	chart := template.New("chart").Option("missingkey=error").Funcs(sprig.TxtFuncMap())
	render := func(name string, value any) (string, error) {
		var text strings.Builder
		err := chart.ExecuteTemplate(&text, name, value)
		return text.String(), err
	}
	chart.Funcs(template.FuncMap{"include": render, "toYaml": toYaml})
	template.Must(chart.ParseGlob(filepath.Join(folder, "templates", "*")))
	for _, part := range chart.Templates() {
		text, err := "", error(nil)
		if strings.Contains(part.Name(), ".") && !strings.HasPrefix(part.Name(), "pichat.") {
			text, err = render(part.Name(), context)
		}
		if err != nil {
			log.Fatal(err)
		}
		// An object that these values turn off leaves white space.
		if strings.HasSuffix(part.Name(), ".yaml") && strings.TrimSpace(text) != "" {
			fmt.Printf("---\n%s\n", text)
		}
	}
}

func read(path string) object {
	text, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	value := object{}
	if err := yaml.Unmarshal(text, &value); err != nil {
		log.Fatalf("%s: %s", path, err)
	}
	return value
}

func merge(values, changes object) {
	for name, change := range changes {
		part, isObject := values[name].(object)
		changed, isChanged := change.(object)
		if isObject && isChanged {
			merge(part, changed)
		} else {
			values[name] = change
		}
	}
}

func toYaml(value any) (string, error) {
	text, err := yaml.Marshal(value)
	return strings.TrimSuffix(string(text), "\n"), err
}
