package dev.mtc.transfer.internal.pods;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Names as the mover's scripts write them: backslashes doubled, control characters and bytes beyond ASCII as {@code \xHH}. */
final class EscapedText {

    private static final int CODE_LENGTH = 4;

    private EscapedText() {}

    /** {@return the text for people: in UTF-8 if it is that, control characters still as {@code \xHH}} */
    static String readable(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            boolean isCode = text.startsWith("\\x", i) && i + CODE_LENGTH <= text.length() && isHex(text, i + 2);
            int code = isCode ? HexFormat.fromHexDigits(text, i + 2, i + CODE_LENGTH) : 0;
            if (isCode && code > 0x7f) {
                bytes.write(code);
                i += CODE_LENGTH - 1;
            } else if (text.startsWith("\\\\", i)) {
                bytes.writeBytes(new byte[] {'\\', '\\'});
                i++;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }

    private static boolean isHex(String text, int at) {
        return HexFormat.isHexDigit(text.charAt(at)) && HexFormat.isHexDigit(text.charAt(at + 1));
    }
}
