// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"bytes"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"
)

// Value is the value of an attribute, made from rows only when it is sent: as a
// tree of the protocol's values, a list needs several times the memory of its
// rows.
type Value struct {
	typ    tftypes.Type
	encode func(to *msgpack.Encoder) error
}

// valueOf returns a value that is there as a tree.
func valueOf(value tftypes.Value) Value {
	return Value{typ: value.Type(), encode: func(to *msgpack.Encoder) error {
		dynamic, err := tfprotov6.NewDynamicValue(value.Type(), value)
		if err != nil {
			return err
		}
		return to.Encode(msgpack.RawMessage(dynamic.MsgPack))
	}}
}

// tree is the opposite of valueOf.
func (v Value) tree() (tftypes.Value, error) {
	content, err := encodeAll(v.encode)
	if err != nil {
		return tftypes.Value{}, err
	}
	return (&tfprotov6.DynamicValue{MsgPack: content}).Unmarshal(v.typ)
}

// encodeAll returns a value in MessagePack, as the protocol carries it. It makes
// the value twice, to know the size of the buffer first: one that grows throws
// away more than it keeps.
func encodeAll(encode func(to *msgpack.Encoder) error) ([]byte, error) {
	var size byteCounter
	if err := encode(msgpack.NewEncoder(&size)); err != nil {
		return nil, err
	}
	content := bytes.NewBuffer(make([]byte, 0, size))
	err := encode(msgpack.NewEncoder(content))
	return content.Bytes(), err
}

// byteCounter is a writer that only counts.
type byteCounter int

func (c *byteCounter) Write(content []byte) (int, error) {
	*c += byteCounter(len(content))
	return len(content), nil
}

func (c *byteCounter) WriteByte(byte) error {
	*c++
	return nil
}

func encodeString[S ~string](to *msgpack.Encoder, s S) error { return to.EncodeString(string(s)) }

// encodePointer writes null for nil.
func encodePointer[V any](to *msgpack.Encoder, value *V, encode func(*msgpack.Encoder, V) error) error {
	if value == nil {
		return to.EncodeNil()
	}
	return encode(to, *value)
}

// encodeList writes null for nil.
func encodeList[V any](to *msgpack.Encoder, values []V, encode func(*msgpack.Encoder, V) error) error {
	if values == nil {
		return to.EncodeNil()
	}
	if err := to.EncodeArrayLen(len(values)); err != nil {
		return err
	}
	for _, value := range values {
		if err := encode(to, value); err != nil {
			return err
		}
	}
	return nil
}

// encodeMap writes an empty map for nil.
func encodeMap[K ~string, V any](to *msgpack.Encoder, values map[K]V, encode func(*msgpack.Encoder, V) error) error {
	if err := to.EncodeMapLen(len(values)); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if err := encodeString(to, name); err != nil {
			return err
		}
		if err := encode(to, values[name]); err != nil {
			return err
		}
	}
	return nil
}
