// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package company is Northwind Analytics and its contractors: the people whose
// users the three services have.
package company

import (
	"fmt"
	"strings"
)

// Person is one person of the company, or one that a larger sandbox makes up.
type Person struct{ Given, Family, Email string }

// Name returns the given and the family name.
func (p Person) Name() string { return p.Given + " " + p.Family }

// People is the company, keyed by the part of the address before the @, in
// lower case. The services' seeds name people by these keys.
var People = byLocalPart([]Person{
	{"Amara", "Okafor", "amara.okafor@northwind.example"},
	{"Jonas", "Weber", "jonas.weber@northwind.example"},
	{"Mei", "Tanaka", "mei.tanaka@northwind.example"},
	{"Lukas", "Müller", "lukas.mueller@northwind.example"},
	{"Zoë", "Åkesson", "zoe.akesson@northwind.example"},
	{"Priya", "Natarajan", "priya.natarajan@northwind.example"},
	{"Carlos", "Fernández", "carlos.fernandez@northwind.example"},
	{"Fatima", "El-Sayed", "fatima.el-sayed@northwind.example"},
	{"Grace", "Thompson", "Grace.Thompson@Northwind.example"},
	{"Oliver", "Schmidt", "oliver.schmidt@northwind.example"},
	{"Hannah", "Lindqvist", "hannah.lindqvist@northwind.example"},
	{"Diego", "Morales", "diego.morales@northwind.example"},
	{"Chloé", "Dubois", "chloe.dubois@northwind.example"},
	{"Tomasz", "Nowak", "tomasz.nowak@northwind.example"},
	{"Inês", "Carvalho", "ines.carvalho@northwind.example"},
	{"Raj", "Patel", "raj.patel@northwind.example"},
	{"Emily", "Clark", "emily.clark@northwind.example"},
	{"Noah", "Bergström", "noah.bergstroem@northwind.example"},
	{"Yuki", "Sato", "yuki.sato@northwind.example"},
	{"Aisha", "Rahman", "aisha.rahman@northwind.example"},
	{"Peter", "Novák", "peter.novak@northwind.example"},
	{"Laura", "Bianchi", "laura.bianchi@northwind.example"},
	{"Ben", "Carter", "ben.carter@northwind.example"},
	{"Sofia", "Rossi", "sofia.rossi@northwind.example"},
	{"Daniel", "Kim", "daniel.kim@northwind.example"},
	{"Marta", "Jansen", "marta.jansen@northwind.example"},
	{"Kwame", "Mensah", "kwame.mensah@northwind.example"},
	{"Elif", "Yılmaz", "elif.yilmaz@northwind.example"},
	{"Vítor", "Lima", "vitor.lima@northwind.example"},
	{"Rosa", "Delgado", "rosa.delgado@northwind.example"},
	{"Ivan", "Petrov", "ivan.petrov@northwind.example"},
	{"Nadia", "Haddad", "nadia.haddad@northwind.example"},
	{"George", "O'Brien", "george.o'brien@northwind.example"},
	{"Tess", "van Dijk", "tess.vandijk@northwind.example"},
	{"Hugo", "Martin", "hugo.martin@northwind.example"},
	{"Lin", "Chen", "lin.chen@northwind.example"},
	{"Max", "Hoffmann", "max.hoffmann@brightloop.example"},
	{"Julia", "Costa", "julia.costa@brightloop.example"},
	{"Sam", "Reed", "sam.reed@brightloop.example"},
	{"Olga", "Ivanova", "olga.ivanova@brightloop.example"},
	{"Kofi", "Boateng", "kofi.boateng@brightloop.example"},
	{"Ella", "Strand", "ella.strand@brightloop.example"},
	{"Finn", "Walsh", "finn.walsh@brightloop.example"},
	{"Dana", "Levy", "dana.levy@brightloop.example"},
})

func byLocalPart(people []Person) map[string]Person {
	keyed := make(map[string]Person, len(people))
	for _, p := range people {
		local, _, _ := strings.Cut(strings.ToLower(p.Email), "@")
		keyed[local] = p
	}
	return keyed
}

var (
	givenNames  = strings.Fields("Ada Bruno Clara Dmitri Esther Felix Greta Hiro Irene Jamal Karin Leo Mona Nils Opal Pablo")
	familyNames = strings.Fields("Adeyemi Baker Castro Dietrich Evans Fischer Gupta Hansen Ito Jensen Khan Larsen Moreau Ngo Ortiz Park Quinn")
)

// MakeUp makes up the n-th person beyond the company, counted from 1: the same
// person in each service.
func MakeUp(n int) Person {
	return Person{
		givenNames[n%len(givenNames)], familyNames[n%len(familyNames)],
		fmt.Sprintf("person.%05d@northwind.example", n),
	}
}
