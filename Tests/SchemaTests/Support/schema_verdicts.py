#!/usr/bin/env python3
"""Says what a JSON Schema has against documents, by Python's jsonschema, which shares nothing with the code under test.

Reads one JSON object from standard input: `schemas` has the path of each schema by name, `questions` a list of
[name of the schema, JSON pointer of the part that counts, document]. Writes a JSON object: `invalid` has the reason for each
schema that is none, `answers` for each question the list of its complaints, `PATH: MESSAGE`, empty where there is none.
"""

import json
import sys

from jsonschema import Draft7Validator
from jsonschema.exceptions import SchemaError


def part(root, pointer):
    if not pointer:
        return root
    # References inside go on meaning the definitions of the whole.
    return {"definitions": root.get("definitions", {}), "whole": root, "allOf": [{"$ref": "#/whole" + pointer}]}


def main():
    request = json.load(sys.stdin)
    schemas, invalid, validators = {}, {}, {}
    for name, path in request["schemas"].items():
        with open(path, encoding="utf-8") as file:
            schemas[name] = json.load(file)
        try:
            Draft7Validator.check_schema(schemas[name])
        except SchemaError as error:
            invalid[name] = error.message
    answers = []
    for name, pointer, document in request["questions"]:
        if (name, pointer) not in validators:
            validators[name, pointer] = Draft7Validator(part(schemas[name], pointer))
        errors = validators[name, pointer].iter_errors(document)
        answers.append(sorted("/".join(map(str, e.absolute_path)) + ": " + e.message for e in errors))
    json.dump({"invalid": invalid, "answers": answers}, sys.stdout)


main()
