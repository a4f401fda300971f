package dev.hearsay.live.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Signature;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Ed25519Test {

    /** RFC 8032, section 7.1, test 2. */
    @Test
    void signsAsTheStandardSays() {
        PublicKey key = PublicKey.parse("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        byte[] secret = HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        Ed25519 pair = Ed25519.of(secret, key);
        Signature signature = pair.sign(new byte[] {0x72});
        assertThat(HexFormat.of().formatHex(signature.toBytes()))
                .isEqualTo("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        assertThat(pair.isValid(key, new byte[] {0x72}, signature)).isTrue();
        assertThat(pair.isValid(key, new byte[] {0x73}, signature)).isFalse();
    }

    @Test
    void whatIsNotAKeyOrASignatureIsNotValidAndNoError() {
        Ed25519 pair = Ed25519.generate();
        byte[] content = {1, 2, 3};
        Signature signature = pair.sign(content);
        assertThat(pair.isValid(pair.publicKey(), content, signature)).isTrue();
        assertThat(pair.isValid(new PublicKey(-1, -1, -1, -1), content, signature))
                .isFalse();
        assertThat(pair.isValid(new PublicKey(0, 0, 0, 0), content, signature)).isFalse();
        assertThat(pair.isValid(pair.publicKey(), content, Signature.of(new byte[64])))
                .isFalse();
        assertThat(pair.isValid(Ed25519.generate().publicKey(), content, signature))
                .isFalse();
    }

    @Test
    void aKeyFileIsKeptForItsOwnerAndNeverOverwritten(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("keys/seed.key");
        Ed25519 created = KeyFile.readOrCreate(file);
        assertThat(KeyFile.readOrCreate(file).publicKey()).isEqualTo(created.publicKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> KeyFile.write(file, Ed25519.generate()))
                .isInstanceOf(FileAlreadyExistsException.class);
        byte[] content = {9};
        assertThat(created.isValid(
                        created.publicKey(), content, KeyFile.read(file).sign(content)))
                .isTrue();
    }

    @Test
    void whatIsNoKeyFileIsSaidToBeNone(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("bad.key");
        Ed25519 pair = Ed25519.generate();
        String other = "public " + Ed25519.generate().publicKey();
        for (List<String> lines : List.of(
                List.<String>of(),
                List.of("hello", "world"),
                List.of("public 00", "private 00"),
                List.of(other, "private " + HexFormat.of().formatHex(pair.secret())))) {
            Files.write(file, lines);
            assertThatThrownBy(() -> KeyFile.read(file)).hasMessageStartingWith(file + " is not a key file: ");
        }
    }
}
