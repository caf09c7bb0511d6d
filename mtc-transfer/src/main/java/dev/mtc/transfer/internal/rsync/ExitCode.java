package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.spi.TransferStatus.Failed.Kind;
import java.util.Arrays;
import java.util.Optional;

/** What the codes mean that senders end with: rsync's own, the shell's, and from 200 on the sender's script's. */
enum ExitCode {
    SYNTAX(1, Kind.PERMANENT, "RsyncUsage", "rsync does not understand its options"),
    PROTOCOL(2, Kind.PERMANENT, "RsyncProtocol", "the two rsyncs do not understand each other"),
    SELECTION(3, Kind.PERMANENT, "RsyncSelection", "a directory to copy from or to is missing"),
    UNSUPPORTED(4, Kind.PERMANENT, "RsyncUnsupported", "an rsync lacks ACLs, extended attributes or another feature"),
    START(5, Kind.TRANSIENT, "RsyncStart", "the receiver refused the connection"),
    SOCKET(10, Kind.TRANSIENT, "ConnectionLost", "the connection broke"),
    FILE(11, Kind.USER_FIXABLE, "FileError", "a file could not be read or written"),
    STREAM(12, Kind.TRANSIENT, "ConnectionLost", "the connection broke or was refused"),
    DIAGNOSTICS(13, Kind.PERMANENT, "RsyncDiagnostics", "rsync could not report"),
    PROCESSES(14, Kind.TRANSIENT, "RsyncProcesses", "rsync's processes lost each other"),
    SIGNAL(20, Kind.TRANSIENT, "Interrupted", "rsync was told to end"),
    WAITING(21, Kind.TRANSIENT, "RsyncProcesses", "rsync lost a process"),
    MEMORY(22, Kind.USER_FIXABLE, "OutOfMemory", "rsync had not enough memory"),
    PARTIAL(23, Kind.USER_FIXABLE, "PartialTransfer", "some files were not transferred"),
    VANISHED(24, Kind.TRANSIENT, "SourceChanges", "files vanished while they were copied"),
    DELETIONS(25, Kind.PERMANENT, "RsyncDeletions", "rsync stopped deleting"),
    TIMEOUT(30, Kind.TRANSIENT, "Timeout", "no data came for too long"),
    CONNECT_TIMEOUT(35, Kind.TRANSIENT, "Unreachable", "the receiver did not answer"),
    NOT_EXECUTABLE(126, Kind.USER_FIXABLE, "MoverImage", "a program of the mover image does not start"),
    NOT_FOUND(127, Kind.USER_FIXABLE, "MoverImage", "the mover image lacks a program"),
    NOT_STARTED(128, Kind.USER_FIXABLE, "MoverImage", "the mover image lacks bash or cannot be started"),
    KILLED(137, Kind.TRANSIENT, "Interrupted", "the sender was killed"),
    TERMINATED(143, Kind.TRANSIENT, "Interrupted", "the sender was told to end"),
    UNREACHABLE(200, Kind.TRANSIENT, "Unreachable", "the receiver cannot be reached"),
    UNVERIFIED(201, Kind.TRANSIENT, "VerifyFailed", "the volumes could not be read to be compared");

    private final int code;
    private final Kind kind;
    private final String word;
    private final String meaning;

    ExitCode(int code, Kind kind, String word, String meaning) {
        this.code = code;
        this.kind = kind;
        this.word = word;
        this.meaning = meaning;
    }

    static Optional<ExitCode> of(int code) {
        return Arrays.stream(values()).filter(known -> known.code == code).findFirst();
    }

    Kind kind() {
        return kind;
    }

    /** {@return the stable word of a failure} */
    String word() {
        return word;
    }

    String meaning() {
        return meaning;
    }
}
