-- Replies by several members to topics at random: wrk … -- KEY TOPICS USERNAME…
local count = 0
local filler = string.rep("Some words to fill a post of common length. ", 9)

function init(arguments)
    key, topics = arguments[1], tonumber(arguments[2])
    writers = {}
    for index = 3, #arguments do
        writers[#writers + 1] = arguments[index]
    end
    math.randomseed(os.time())
    stamp = os.time() .. "-" .. math.random(1, 1000000)
end

function request()
    count = count + 1
    local headers = {
        ["Content-Type"] = "application/json",
        ["Api-Key"] = key,
        ["Api-Username"] = writers[count % #writers + 1],
    }
    local raw = "Post " .. stamp .. " " .. count .. " of **this** run. " .. filler
    local body = '{"topic_id":' .. math.random(1, topics) .. ',"raw":"' .. raw .. '"}'
    return wrk.format("POST", "/posts.json", headers, body)
end
