package dev.mtc.transfer.internal.pods;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.StringJoiner;

/** An ACL as Linux keeps it in an extended attribute. */
final class PosixAcl {

    private static final int VERSION = 2;
    private static final int ENTRY_BYTES = 8;

    private PosixAcl() {}

    /**
     * {@return the ACL as getfacl writes it, with numbers, or the value as it is if it is none}
     *
     * @param value {@code 0x} and hexadecimal digits
     */
    static String readable(String value) {
        String digits = value.startsWith("0x") ? value.substring(2) : "";
        if (digits.length() % 2 != 0 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            return value;
        }
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(digits)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < Integer.BYTES || bytes.getInt() != VERSION || bytes.remaining() % ENTRY_BYTES != 0) {
            return value;
        }
        StringJoiner entries = new StringJoiner(",");
        while (bytes.hasRemaining()) {
            entries.add(entry(bytes.getShort(), bytes.getShort(), bytes.getInt()));
        }
        return entries.toString();
    }

    private static String entry(int tag, int permissions, int id) {
        String who =
                switch (tag) {
                    case 0x01 -> "user:";
                    case 0x02 -> "user:" + Integer.toUnsignedString(id);
                    case 0x04 -> "group:";
                    case 0x08 -> "group:" + Integer.toUnsignedString(id);
                    case 0x10 -> "mask:";
                    case 0x20 -> "other:";
                    default -> "tag" + tag + ":";
                };
        return who + ":" + ((permissions & 4) == 0 ? "-" : "r") + ((permissions & 2) == 0 ? "-" : "w")
                + ((permissions & 1) == 0 ? "-" : "x");
    }
}
