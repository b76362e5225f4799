// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
public import Logging
public import MapperKit

/// Is a complete mapper: a driver, a name, and everything else from here.
///
/// Mark a type that conforms to it with `@main`, in a file that is not called `main.swift`. It gets the subcommands
/// `run` (the default), `validate`, `read`, `write` and `call`, the configuration file, logging, signals and exit codes
/// that all mappers of this package share; `discover` and `simulate` where the driver conforms to `DeviceDiscovering` or
/// `DeviceSimulating`. ``subcommands`` adds to them.
public protocol MapperProgram: SendableMetatype {
    /// The protocol this mapper speaks.
    associatedtype Driver: DeviceDriver

    /// The program's name, for example `modbus-mapper`; it labels log entries and help texts.
    static var name: String { get }

    /// What the mapper is for, in one line for the help text.
    static var abstract: String { get }

    /// The program's version; MapperKit's own unless there is another.
    static var version: String { get }

    /// What the mapper can do beyond what all mappers can; nothing unless there is more.
    ///
    /// They stand in the help text behind the common ones, whose names they must not take.
    static var subcommands: [any AsyncParsableCommand.Type] { get }

    /// What a configuration file says that this mapper cannot do as it stands there, and what to write instead.
    ///
    /// It is for keys of another mapper that users come from. What is said at a key's own place stands for what
    /// MapperCommand would say about that key; an error keeps the mapper from starting.
    /// - Parameter configuration: The file's tree, without what environment and command line add.
    static func explain(foreign configuration: ConfigNode) -> [Diagnostic]

    /// Makes the driver, once per run of the program.
    ///
    /// - Parameter logger: For what concerns no single device; drivers log transitions only.
    static func makeDriver(logger: Logger) -> Driver
}

extension MapperProgram {
    /// Says that it is a device mapper.
    public static var abstract: String { "A device mapper for KubeEdge." }

    /// The version of MapperKit.
    public static var version: String { MapperKitVersion.current }

    /// None.
    public static var subcommands: [any AsyncParsableCommand.Type] { [] }

    /// Nothing.
    public static func explain(foreign configuration: ConfigNode) -> [Diagnostic] { [] }

    // `@concurrent` because what `@main` looks for is a function that picks its own executor.
    /// Reads the command line, does what it says, and ends the process with the exit code.
    @concurrent
    public static func main() async {
        MemoryArenas.limit()
        await ProgramCommand<Self>.main()
    }
}
