# MapperKit, device mappers for KubeEdge.
# SPDX-License-Identifier: Apache-2.0
"""Plays a Modbus TCP device whose registers pymodbus encodes, and says what pymodbus makes of what was written.

Prints one line of JSON with the port and the cases, each at an address where it can be read and one where it can be
written. For each line that comes in it prints one line of JSON: what was found at the addresses to write, as text.
Where pymodbus has no encoding of its own (bytes of a register, bits, BCD, text) Python's struct does the work.
"""

import asyncio
import json
import logging
import struct
import sys

from pymodbus.constants import Endian
from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.payload import BinaryPayloadBuilder, BinaryPayloadDecoder
from pymodbus.server.async_io import ModbusTcpServer

ORDERS = {
    "ABCD": (Endian.Big, Endian.Big),
    "BADC": (Endian.Little, Endian.Big),
    "CDAB": (Endian.Big, Endian.Little),
    "DCBA": (Endian.Little, Endian.Little),
}
WRITABLE = 20000
# What the registers to write hold before: a neighbour's bits must survive.
BEFORE = 0xA5A5

NUMBERS = {
    "int16": ("16bit_int", "int", ["0", "1", "-1", "-32768", "32767"]),
    "uint16": ("16bit_uint", "int", ["0", "258", "32768", "65535"]),
    "int32": ("32bit_int", "int", ["0", "-2", "16909060", "-2147483648", "2147483647"]),
    "uint32": ("32bit_uint", "int", ["16909060", "2147483648", "4294967295"]),
    "int64": ("64bit_int", "int", ["-3", "72623859790382856", "-9223372036854775808", "9223372036854775807"]),
    "uint64": ("64bit_uint", "string", ["72623859790382856", "9223372036854775808", "18446744073709551615"]),
    "float16": ("16bit_float", "double", ["0", "0.1", "-1.5", "21.5", "65504"]),
    "float32": ("32bit_float", "float", ["0.1", "23.5", "-273.15", "16777216", "0.000015"]),
    "float64": ("64bit_float", "double", ["0.1", "-1.5", "1234567.891", "9007199254740994"]),
}


def swapped(register):
    return (register & 0xFF) << 8 | register >> 8


def arranged(registers, order):
    """Puts registers into an order, or back."""
    byte_order, word_order = ORDERS[order]
    registers = list(reversed(registers)) if word_order == Endian.Little else list(registers)
    return [swapped(r) for r in registers] if byte_order == Endian.Little else registers


class Number:
    """A number that pymodbus packs and unpacks."""

    def __init__(self, kind, value):
        self.suffix, self.model, _ = NUMBERS[kind]
        self.value = value
        self.is_float = "float" in kind
        self.visitor = {"dataType": kind}

    def pack(self, order, _):
        byte_order, word_order = ORDERS[order]
        builder = BinaryPayloadBuilder(byteorder=byte_order, wordorder=word_order)
        number = float(self.value) if self.is_float else int(self.value)
        getattr(builder, "add_" + self.suffix)(number)
        return builder.to_registers()

    def unpack(self, registers, order):
        byte_order, word_order = ORDERS[order]
        decoder = BinaryPayloadDecoder.fromRegisters(registers, byteorder=byte_order, wordorder=word_order)
        number = getattr(decoder, "decode_" + self.suffix)()
        if not self.is_float:
            return str(number)
        form = {"16bit_float": "!e", "32bit_float": "!f", "64bit_float": "!d"}[self.suffix]
        nearest = struct.unpack(form, struct.pack(form, float(self.value)))[0]
        return self.value if number == nearest else repr(number)


class Field:
    """Some bits of one, two or four registers; the others are a neighbour's."""

    def __init__(self, value, first, count, registers, visitor, minimum=None, model="int"):
        self.value, self.first, self.count, self.registers = value, first, count, registers
        self.visitor, self.minimum, self.model = visitor, minimum, model
        self.mask = ((1 << count) - 1) << first

    def pack(self, order, before):
        number = {"true": 1, "false": 0}.get(self.value)
        number = int(self.value) if number is None else number
        pattern = int.from_bytes(struct.pack("!%dH" % self.registers, *arranged(before, order)), "big")
        pattern = pattern & ~self.mask | (number << self.first) & self.mask
        data = pattern.to_bytes(self.registers * 2, "big")
        return arranged(struct.unpack("!%dH" % self.registers, data), order)

    def unpack(self, registers, order):
        wanted = self.pack(order, [BEFORE] * self.registers)
        return self.value if registers == wanted else "registers %s instead of %s" % (registers, wanted)


class Decimal:
    """Binary coded decimals."""

    def __init__(self, value, registers):
        self.value, self.registers, self.model = value, registers, "int"
        self.visitor = {"dataType": "bcd", "limit": str(registers)}

    def pack(self, order, _):
        data = bytes.fromhex(self.value.rjust(self.registers * 4, "0"))
        return arranged(struct.unpack("!%dH" % self.registers, data), order)

    def unpack(self, registers, order):
        data = struct.pack("!%dH" % self.registers, *arranged(registers, order))
        return data.hex().lstrip("0") or "0"


class Text:
    """Text in one of four encodings."""

    CODECS = {"utf8": "utf-8", "ascii": "ascii", "latin1": "latin-1", "utf16": "utf-16-be"}

    def __init__(self, value, encoding, padding, registers):
        self.value, self.encoding, self.padding, self.registers = value, encoding, padding, registers
        self.model = "string"
        self.visitor = {"dataType": "string", "encoding": encoding, "padding": padding, "limit": str(registers)}

    def pack(self, order, _):
        filler = "\0" if self.padding == "nul" else " "
        data = self.value.encode(self.CODECS[self.encoding])
        while len(data) < self.registers * 2:
            data += filler.encode(self.CODECS[self.encoding])
        return arranged(struct.unpack("!%dH" % self.registers, data), order)

    def unpack(self, registers, order):
        data = struct.pack("!%dH" % self.registers, *arranged(registers, order))
        return data.decode(self.CODECS[self.encoding]).rstrip("\0 ")


def kinds():
    for kind, (_, _, values) in NUMBERS.items():
        for value in values:
            yield kind, Number(kind, value)
    for byte, first in (("low", 0), ("high", 8)):
        for value in ("-128", "-1", "127"):
            yield "int8 " + byte, Field(value, first, 8, 1, {"dataType": "int8", "byte": byte})
        for value in ("0", "200", "255"):
            yield "uint8 " + byte, Field(value, first, 8, 1, {"dataType": "uint8", "byte": byte})
    for registers in (1, 2, 4):
        for bit in sorted({0, 7, 8, 15, registers * 16 - 1}):
            for value in ("true", "false"):
                visitor = {"bit": str(bit), "limit": str(registers)}
                yield "bit %d/%d" % (bit, registers), Field(value, bit, 1, registers, visitor, model="boolean")
        for first, count in ((0, 3), (5, 11), (registers * 16 - 9, 9), (registers * 8 - 2, 6)):
            visitor = {"bit": str(first), "bitCount": str(count), "limit": str(registers)}
            name = "bits %d+%d/%d" % (first, count, registers)
            for value in (0, 1, (1 << count) - 1):
                yield name, Field(str(value), first, count, registers, visitor)
            yield name + " signed", Field("-1", first, count, registers, visitor, minimum="-1")
        for value in ("0", "1234", "9" * registers * 4):
            yield "bcd/%d" % registers, Decimal(value, registers)
    texts = (("utf8", "Grün"), ("ascii", "SN 42"), ("latin1", "Grün"), ("utf16", "Grün 🌡"), ("utf8", ""))
    for encoding, value in texts:
        for padding in ("nul", "space"):
            yield "string %s %s" % (encoding, padding), Text(value, encoding, padding, 8)


def cases():
    address = 0
    for name, kind in kinds():
        for order in ORDERS:
            registers = list(kind.pack(order, [BEFORE] * getattr(kind, "registers", 1)))
            visitor = dict(kind.visitor, register="HoldingRegister", byteOrder=order)
            case = {
                "type": name, "order": order, "model": kind.model, "minimum": getattr(kind, "minimum", None),
                "visitor": visitor, "address": address, "registers": registers, "value": kind.value,
            }
            yield kind, case
            address += len(registers)


async def main():
    # It calls it an error when a client leaves.
    logging.getLogger("pymodbus").setLevel(logging.CRITICAL)
    found = list(cases())
    block = ModbusSequentialDataBlock(0, [0] * WRITABLE + [BEFORE] * WRITABLE)
    for _, case in found:
        block.setValues(case["address"], case["registers"])
    slave = ModbusSlaveContext(hr=block, zero_mode=True)
    server = ModbusTcpServer(ModbusServerContext(slaves=slave, single=True), address=("127.0.0.1", 0))
    serving = asyncio.ensure_future(server.serve_forever())
    await server.serving
    port = server.server.sockets[0].getsockname()[1]
    report = {"port": port, "writable": WRITABLE, "cases": [case for _, case in found]}
    print(json.dumps(report), flush=True)
    while await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline):
        values = []
        for kind, case in found:
            registers = block.getValues(WRITABLE + case["address"], len(case["registers"]))
            values.append(kind.unpack(list(registers), case["order"]))
        print(json.dumps(values), flush=True)
    serving.cancel()


asyncio.run(main())
