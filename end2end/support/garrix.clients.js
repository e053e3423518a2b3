// The two clients that the document Garrix prints, as they stand there, without the lines that use them: what was written
// for it must find everything where it was. Not to be edited.

class GarrixClient {
    constructor(apiUrl, token) {
        this.apiUrl = apiUrl;
        this.token = token;
        this.activityWs = null;
        this.messageWs = null;
        this.activeUsers = new Set();
    }

    // Connexion pour le suivi d'activité
    connectActivity() {
        this.activityWs = new WebSocket(`${this.apiUrl}/users/ws/${this.token}`);
        
        this.activityWs.onopen = () => {
            console.log('🟢 Connexion activité établie');
            this.startActivityPing();
        };
        
        this.activityWs.onmessage = (event) => {
            const data = JSON.parse(event.data);
            this.handleActivityMessage(data);
        };
    }

    // Connexion pour les messages
    connectMessages() {
        this.messageWs = new WebSocket(`${this.apiUrl}/messages/ws?token=${this.token}`);
        
        this.messageWs.onopen = () => {
            console.log('💬 Connexion messages établie');
        };
        
        this.messageWs.onmessage = (event) => {
            const data = JSON.parse(event.data);
            this.handleMessage(data);
        };
    }

    startActivityPing() {
        setInterval(() => {
            if (this.activityWs?.readyState === WebSocket.OPEN) {
                this.activityWs.send(JSON.stringify({type: 'ping'}));
            }
        }, 30000);
    }

    handleActivityMessage(data) {
        switch(data.type) {
            case 'active_users':
                this.activeUsers = new Set(data.users);
                this.onActiveUsersUpdate(Array.from(this.activeUsers));
                break;
            case 'user_status':
                if (data.status === 'online') {
                    this.activeUsers.add(data.user_id);
                } else {
                    this.activeUsers.delete(data.user_id);
                }
                this.onUserStatusChange(data.user_id, data.status);
                break;
        }
    }

    handleMessage(data) {
        switch(data.type) {
            case 'new_message':
                this.onNewMessage(data);
                break;
            case 'message_updated':
                this.onMessageUpdated(data);
                break;
            case 'message_deleted':
                this.onMessageDeleted(data.id);
                break;
        }
    }

    sendMessage(receiverId, content) {
        if (this.messageWs?.readyState === WebSocket.OPEN) {
            this.messageWs.send(JSON.stringify({
                type: 'send_message',
                receiver_id: receiverId,
                content: content
            }));
        }
    }

    // Callbacks à implémenter
    onActiveUsersUpdate(users) { console.log('Utilisateurs actifs:', users); }
    onUserStatusChange(userId, status) { console.log(`${userId} est ${status}`); }
    onNewMessage(message) { console.log('Nouveau message:', message); }
    onMessageUpdated(message) { console.log('Message modifié:', message); }
    onMessageDeleted(messageId) { console.log('Message supprimé:', messageId); }
}

class GarrixAPI {
    constructor(baseUrl) {
        this.baseUrl = baseUrl;
        this.token = localStorage.getItem('user_token');
    }

    async login(email, password) {
        const formData = new FormData();
        formData.append('username', email);
        formData.append('password', password);
        
        const response = await fetch(`${this.baseUrl}/auth/token`, {
            method: 'POST',
            body: formData
        });
        
        if (response.ok) {
            const data = await response.json();
            this.token = data.access_token;
            localStorage.setItem('user_token', this.token);
            return data;
        }
        throw new Error('Échec de la connexion');
    }

    async getConversation(userId) {
        const response = await fetch(`${this.baseUrl}/messages/conversation/${userId}`, {
            headers: { 'Authorization': `Bearer ${this.token}` }
        });
        return response.json();
    }

    async sendMessage(receiverId, content) {
        const formData = new FormData();
        formData.append('receiver_id', receiverId);
        formData.append('content', content);
        
        const response = await fetch(`${this.baseUrl}/messages/`, {
            method: 'POST',
            headers: { 'Authorization': `Bearer ${this.token}` },
            body: formData
        });
        return response.json();
    }

    async getActiveUsers() {
        const response = await fetch(`${this.baseUrl}/users/active/list`, {
            headers: { 'Authorization': `Bearer ${this.token}` }
        });
        return response.json();
    }
}
