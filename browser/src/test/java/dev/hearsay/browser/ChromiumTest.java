package dev.hearsay.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromiumTest {

    @Test
    void isFoundByAnyOfItsNamesWhereItCanBeRun(@TempDir Path folder) throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path full = Files.createDirectory(folder.resolve("full"));
        String path = "" + File.pathSeparator + empty + File.pathSeparator + full;
        Path chrome = Files.createFile(full.resolve("google-chrome"));
        assertThat(Chromium.find(path)).isEmpty();
        assertThat(chrome.toFile().setExecutable(true)).isTrue();
        assertThat(Chromium.find(path)).contains(chrome);
    }
}
