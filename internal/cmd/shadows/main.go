// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Command shadows lists local names that hide a name of their package: where one
// is declared, a reader can take the one for the other. It exits with 1 if there
// is any.
//
//	go run ./internal/cmd/shadows
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	log.SetFlags(0)
	found, err := search(".")
	if err != nil {
		log.Fatal(err)
	}
	for _, shadow := range found {
		fmt.Println(shadow)
	}
	if len(found) > 0 {
		os.Exit(1)
	}
}

// search returns the shadows in all packages below a directory.
func search(root string) ([]string, error) {
	packages := map[string][]*ast.File{} // by directory and name
	positions := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata"):
			return filepath.SkipDir
		case entry.IsDir() || filepath.Ext(path) != ".go":
			return nil
		}
		file, err := parser.ParseFile(positions, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		key := filepath.Dir(path) + " " + file.Name.Name
		packages[key] = append(packages[key], file)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var found []string
	for _, files := range packages {
		names := packageNames(files)
		for _, file := range files {
			for _, local := range localNames(file) {
				if names[local.Name] {
					found = append(found, fmt.Sprintf("%s: %s hides a name of the package", positions.Position(local.Pos()), local.Name))
				}
			}
		}
	}
	slices.Sort(found)
	return found, nil
}

// packageNames returns the names that files declare for their whole package.
func packageNames(files []*ast.File) map[string]bool {
	names := map[string]bool{}
	for _, file := range files {
		for _, declaration := range file.Decls {
			switch d := declaration.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil {
					names[d.Name.Name] = true
				}
			case *ast.GenDecl:
				for _, name := range specNames(d) {
					names[name.Name] = true
				}
			}
		}
	}
	delete(names, "_")
	delete(names, "init")
	return names
}

// localNames returns the names that the functions of a file declare.
func localNames(file *ast.File) []*ast.Ident {
	var names []*ast.Ident
	fields := func(lists ...*ast.FieldList) {
		for _, list := range lists {
			if list != nil {
				for _, field := range list.List {
					names = append(names, field.Names...)
				}
			}
		}
	}
	identifiers := func(expressions ...ast.Expr) {
		for _, expression := range expressions {
			if name, ok := expression.(*ast.Ident); ok {
				names = append(names, name)
			}
		}
	}
	for _, declaration := range file.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if !ok {
			continue
		}
		fields(function.Recv)
		ast.Inspect(function, func(node ast.Node) bool {
			switch n := node.(type) {
			case *ast.FuncType:
				fields(n.Params, n.Results)
			case *ast.AssignStmt:
				if n.Tok == token.DEFINE {
					identifiers(n.Lhs...)
				}
			case *ast.RangeStmt:
				if n.Tok == token.DEFINE {
					identifiers(n.Key, n.Value)
				}
			case *ast.GenDecl:
				names = append(names, specNames(n)...)
			}
			return true
		})
	}
	return names
}

// specNames returns the names of a declaration of constants, variables or types.
func specNames(declaration *ast.GenDecl) []*ast.Ident {
	var names []*ast.Ident
	for _, spec := range declaration.Specs {
		switch s := spec.(type) {
		case *ast.ValueSpec:
			names = append(names, s.Names...)
		case *ast.TypeSpec:
			names = append(names, s.Name)
		}
	}
	return names
}
